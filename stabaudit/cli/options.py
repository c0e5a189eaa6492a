"""What the command line and the configuration together ask for, file by file."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable, Mapping
from functools import partial

from stabaudit.catalogue.names import EVERY, UNUSED, UsageError, known, nearest
from stabaudit.config.find import Finder, inline
from stabaudit.config.project import PLAIN, Project, Vendored
from stabaudit.config.settings import COMMAND, Layer, Settings, Value
from stabaudit.config.table import FORMATS
from stabaudit.engine.job import FileJob, analyse, analyse_all, analyse_parsed
from stabaudit.engine.limits import LIMITS, Limits
from stabaudit.records import TYPE_CHECKING
from stabaudit.source.places import folder_of, is_inside

if TYPE_CHECKING:
    from stabaudit.findings.finding import Applicability

LISTS = ("select", "extend_select", "ignore", "extend_ignore", "fixable", "unfixable", "exclude", "extend_exclude")
RULES = LISTS[:6]
#: An empty list of these leaves nothing to be found: a variable of a script was not set.
NAMING = ("select", "extend_select")
#: Options that hold one value, called like their keys.
SINGLE = (
    *("preview", "unsafe_fixes", "force_exclude", "respect_gitignore"),
    *("output_format", "baseline", "target", "min_severity", "fail_on"),
)
#: Where one of these is set, files of one folder may differ in what is to be done with them.
BY_FILE = ("per-file-ignores", "extend-per-file-ignores", "baseline", "vendored")
#: Names the form of the results where the command line does not.
FORMAT = "STABAUDIT_OUTPUT_FORMAT"


class Options:
    """The settings of each folder, and the task of each file."""

    def __init__(self, arguments: Namespace, copy: Vendored | None = None, over: Layer | None = None) -> None:
        self._arguments = arguments
        # A copy of the runtime that is yet to be written takes the place of what the settings say.
        self._planned = copy
        texts = arguments.config or []
        # An equals sign in a file name is still a file name.
        files = [text for text in texts if "=" not in text or os.path.isfile(text)]
        if len(files) > 1:
            raise UsageError("--config names several files; let one extend the other")
        roots = _roots(getattr(arguments, "paths", None) or ())
        said = {**(over or {}), **inline(text for text in texts if text not in files), **_over(arguments)}
        over = {key: value._replace(roots=roots) for key, value in said.items()}
        self.finder = Finder(over, files[0] if files else None, arguments.isolated)
        named = getattr(arguments, "stdin_filename", None)
        # What changed files were, where only what is new in them is asked for.
        self.before: Mapping[str, bytes] | None = None
        self._roots = _folders([named] if named else getattr(arguments, "paths", None) or ["."])
        self._projects: dict[int, tuple[Settings, Project]] = {}
        self._tasks: dict[int, tuple[Settings, FileJob]] = {}
        self._by_folder: dict[str, FileJob] = {}

    @property
    def here(self) -> Settings:
        """What holds for the run as a whole: the settings of the current folder."""
        try:
            return self.finder.of(os.path.realpath(os.getcwd()))
        except FileNotFoundError:
            # The folder is gone; the search for files says so.
            return Finder(isolated=True).of("")

    @property
    def keeps(self) -> bool:
        """Whether what is found is kept for the next run."""
        return not (getattr(self._arguments, "no_cache", False) or os.environ.get("STABAUDIT_NO_CACHE"))

    @property
    def limits(self) -> Limits:
        """What one file may take of the machine; no file of the checked tree has a say in it."""
        return Limits(
            getattr(self._arguments, "timeout", LIMITS.seconds),
            getattr(self._arguments, "max_memory", LIMITS.megabytes),
        )

    def task(self, path: str) -> FileJob:
        """What to do with the file at `path`."""
        task = self._settled(path)
        if self.before is None:
            return task
        from stabaudit.engine.since import text_of

        return task._replace(before=text_of(path, self.before.get(path, b"")))

    def changed(self, files: list[str]) -> list[str]:
        """Those of `files` that are to be looked at: with --since only what has changed."""
        if (revision := getattr(self._arguments, "since", None)) is None:
            return files
        # Imported here: most runs ask for all.
        from stabaudit.history.revision import changed

        self.before = changed(files, revision, not self._arguments.no_merge_base)
        return [*self.before]

    def _settled(self, path: str) -> FileJob:
        folder = folder_of(path)
        if (same := self._by_folder.get(folder)) is not None:
            return same
        settings, real = self.finder.near(path)
        if any(settings.get(key) for key in BY_FILE):
            return self._task(path, settings, real)
        if (known := self._tasks.get(id(settings))) is None:
            # The settings are kept, so that no others come to have their identity.
            known = self._tasks[id(settings)] = (settings, self._task(path, settings, real))
        self._by_folder[folder] = known[1]
        return known[1]

    def _task(self, path: str, settings: Settings, real: str) -> FileJob:
        arguments = self._arguments
        mode = {name: getattr(arguments, name, False) for name in ("fix", "diff", "add_ignores")}
        fixing = mode["fix"] or mode["diff"]
        if real == self._copy(settings):
            # The runtime is nothing to be rewritten to itself.
            return FileJob(rules=frozenset(), unused=False, comments=False)
        project = self.project(settings)
        known, elsewhere = self._known(settings, path)
        level: Applicability = "unsafe" if settings.get("unsafe-fixes") else "safe"
        parses, sieves = getattr(arguments, "parse_all", False), not getattr(arguments, "no_sieve", False)
        check = analyse_parsed if parses else analyse if sieves else analyse_all
        return FileJob(
            check=check if project == PLAIN else partial(check, project=project),
            rules=settings.selected(),
            more=project.more,
            examples=settings.get("documents"),
            without=settings.ignored(real),
            unused=not settings.narrowed,
            comments=not getattr(arguments, "show_silenced", False),
            fix=level if fixing and not mode["add_ignores"] else None,
            write=(mode["fix"] or mode["add_ignores"]) and not mode["diff"],
            silence=mode["add_ignores"],
            reason=getattr(arguments, "reason", None),
            known=known,
            elsewhere=elsewhere,
            offers=settings.offers(),
            largest=settings.get("max-file-size"),
            least=settings.get("min-severity"),
            roots=self._roots,
            sieves=sieves and not parses,
        )

    def project(self, settings: Settings) -> Project:
        """What `settings` say of the code."""
        known = self._projects.get(id(settings))
        if known is None:
            # The settings are kept, so that no others come to have their identity.
            known = self._projects[id(settings)] = (settings, self._read(settings))
        return known[1]

    def _read(self, settings: Settings) -> Project:
        target, file = settings.get("target"), settings.path("vendored")
        copy: Vendored | None = None
        if self._planned is not None:
            target, copy = "vendored", self._planned
        elif target == "vendored" or (target == "imported" and file is not None):
            if file is None:
                raise UsageError('`target = "vendored"` needs a module; `stabaudit vendor PATH` writes and records it')
            # Imported here: most projects have none.
            from stabaudit.config.vendored import vendored

            copy = vendored(file)
        release = tuple(int(part) for part in settings.get("scipy-version").split("."))
        arrays = tuple(sorted(settings.get("array-modules").items()))
        return Project(target, copy, release, arrays, more=settings.more(), guards=settings.guards())

    def _copy(self, settings: Settings) -> str | None:
        file = settings.path("vendored")
        return file and os.path.realpath(file)

    def _known(self, settings: Settings, path: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The marks of the baseline in the file at `path`, and those in files that are gone."""
        file = settings.path("baseline")
        if file is None or not getattr(self._arguments, "obeys_baseline", True):
            return {}, {}
        # Imported here: most projects have none.
        from stabaudit.cli.recorded import entries, name

        baseline = entries(file)
        return baseline.files.get(name(file, path), {}), baseline.gone


def _roots(paths: Iterable[str]) -> tuple[str, ...]:
    """The real folders among the paths that do not lie in the current one."""
    try:
        here = os.path.realpath(os.getcwd())
    except FileNotFoundError:
        here = ""
    folders = (os.path.realpath(path) for path in paths if os.path.isdir(path))
    return tuple(dict.fromkeys(folder for folder in folders if not here or not is_inside(folder, here)))


def _real(path: str) -> str:
    """A path without links; it has none where the current folder is gone."""
    try:
        return os.path.realpath(path)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file or directory; check the path") from None


def _folders(paths: Iterable[str]) -> tuple[str, ...]:
    """The real folders among the paths, and of files those that they lie in."""
    real = [_real(path) for path in paths if path != "-"]
    return tuple(dict.fromkeys(path if os.path.isdir(path) else os.path.dirname(path) for path in real))


def _over(arguments: Namespace) -> Layer:
    """What the command line says in place of the configuration."""
    said: dict[str, object] = {}
    for name in LISTS:
        words: Iterable[str] | None = getattr(arguments, name, None)
        if words is not None:
            said[name.replace("_", "-")] = [one.strip() for word in words for one in word.split(",") if one.strip()]
            if name in NAMING and not said[name.replace("_", "-")]:
                raise UsageError(f"--{name.replace('_', '-')} names no rule; `stabaudit rule` lists them")
    for name in SINGLE:
        if getattr(arguments, name, None) is not None:
            said[name.replace("_", "-")] = getattr(arguments, name)
    for name in (rules.replace("_", "-") for rules in RULES):
        known(sorted(said.get(name, ())), f"--{name}", [UNUSED, EVERY])  # type: ignore[call-overload]
    try:
        folder = os.path.realpath(os.getcwd()) if said else ""
    except FileNotFoundError:
        folder = ""
    layer = {key: Value(value, COMMAND, folder) for key, value in said.items()}
    if (form := os.environ.get(FORMAT)) and "output-format" not in said:
        if form not in FORMATS:
            raise UsageError(f"{FORMAT} is `{form}`, and not one of {', '.join(FORMATS)}{nearest(form, FORMATS)}")
        layer["output-format"] = Value(form, f"environment: {FORMAT}", folder)
    return layer
