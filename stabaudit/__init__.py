"""stabaudit: find numerically unstable Python, rewrite it, and check the rewrite against true values."""

# What `typing` calls so; to import it would look through the search path before `safe_path` has been called.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from stabaudit.api import Fixed, check_source, fix_source

__all__ = ["Fixed", "check_source", "fix_source"]
__version__ = "0.1.0"


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    # Not before they are asked for: rewritten programs import the runtime through here.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import stabaudit.api

    return getattr(stabaudit.api, name)
