"""Term back to source, in the user's own words where there are any."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from stabaudit.dialects import Dialect, Spelling, named
from stabaudit.fix.arguments import arguments, says
from stabaudit.fix.code_text import is_atom, taken
from stabaudit.fix.not_renderable import NotRenderable, lacking, why_not
from stabaudit.fix.numbers import negative, number
from stabaudit.fix.text import ATOM, POWER, PRODUCT, SIGN, SUM, Text
from stabaudit.fix.user_text import Own
from stabaudit.proof.assumptions import is_length
from stabaudit.records import Record
from stabaudit.terms import App, Const, Lit, Term, Var
from stabaudit.terms.arithmetic import MINUS_ONE, ONE, base_and_exponent, factors, scale, split
from stabaudit.terms.normal import normal
from stabaudit.terms.ops import TABLE
from stabaudit.terms.special import ROWS as SPECIAL

OPERATORS = {
    "add": ("+", SUM),
    "sub": ("-", SUM),
    "mul": ("*", PRODUCT),
    "div": ("/", PRODUCT),
    "pow": ("**", POWER),
}


#: Elementary functions that make a float16 of the smallest integers in NumPy, where the formula may give a float64.
PROMOTED = frozenset({"log1p", "expm1"})
#: Logarithms of sums, of which an exponential may underflow.
SUMS = frozenset({"logsumexp", "weighted_logsumexp", "logmeanexp", "logaddexp"})

#: Numbers of the formulas themselves.
PLAIN = frozenset({Fraction(0), Fraction(1), Fraction(2)})
#: How elements are picked by a method; a subscript may begin with `...`.
METHOD = re.compile(r"\.\w")


class Renderer(Record):
    """Writes terms as calls of one library.

    `words` is the user's own text; `name` gives the text under which a function with a dotted path can be called here,
    or raises `NotRenderable`; so does `bring`, which may import it. With `promotes`, integers are taken, and
    elementary functions make floats of them.
    """

    words: Own
    own: Dialect
    stable: Dialect
    name: Callable[[str], str]
    bring: Callable[[str], str]
    promotes: bool = False

    def render(self, term: Term) -> Text:
        """The source of a term."""
        mine = self._known(normal(term))
        if mine is not None:
            return mine
        match term:
            case App(op="*"):
                return self._product(term)
            case App(op="+"):
                return self._sum(term)
            case App(op="mul") if term.args[0] == ONE:
                return self.render(term.args[1])
            case App(op="mul") if isinstance(term.args[0], App) and term.args[0].op in ("*", "^"):
                return self._product(normal_product(term))
            case App(op="mul") if term.args[0] == MINUS_ONE:
                return self.render(App("neg", (term.args[1],)))
            case App(op="neg") if isinstance(term.args[0], App) and term.args[0].op == "neg":
                return self.render(term.args[0].args[0])
            case App(op="neg") if isinstance(total := normal(term), App) and total.op == "+" and self._is_new(total):
                return self._sum(total)
            case App(op="neg"):
                return Text(f"-{self.render(term.args[0]).within(SIGN)}", SIGN)
            case App(op="^"):
                return self._power(term)
            case App(op="item" | "picked", attrs=((_, Var() as place),)) if self.words.says(place):
                return self._picked(term.args[0], place.name)
            case App(op="transpose"):
                return Text(f"{self.render(term.args[0]).within(ATOM)}.T", ATOM)
            case App(op="index" | "reshape", attrs=((_, Lit(value=tuple() as shape)),)):
                return self._shaped(term, shape)
            case App(op=op) if op in OPERATORS:
                return self._operator(term)
            case App() if (call := self.words.call_of(term)) is not None:
                return self._again(call, term)
            case App():
                return self._call(term)
            case Const():
                return self._number(term.value)
            case Var() if self.words.says(term):
                return Text(term.name if is_atom(term.name) else f"({term.name})", ATOM)
        raise NotRenderable(why_not(term))

    def _known(self, term: Term) -> Text | None:
        if term in self.words.known:
            return self.words.known[term]
        if not isinstance(term, (Var, App)):
            return None
        opposite = scale(Fraction(-1), term)
        may_turn = not (isinstance(term, App) and term.op in ("exp", "log"))
        if may_turn and opposite in self.words.known:
            return negative(self.words.known[opposite])
        if (text := self.words.again(term)) is not None:
            return text
        if may_turn and (text := self.words.again(opposite)) is not None:
            return negative(text)
        return None

    def _again(self, call: App, term: App) -> Text:
        """A call of the code with other operands."""
        text = self.words.with_operands(call, [self.render(a) for a in term.args])
        if text is None:
            raise NotRenderable("an argument of the helper has a different value here")
        return text

    def _is_new(self, total: Term) -> bool:
        """Whether the code says neither a sum nor its opposite."""
        return not {total, scale(Fraction(-1), total)} & self.words.known.keys()

    def _operator(self, term: App) -> Text:
        self._refuse_operators()
        sign, strength = OPERATORS[term.op]
        left, right = (self.render(a) for a in term.args)
        if sign == "**":
            return Text(f"{left.within(ATOM)}**{right.within(POWER)}", POWER)
        if sign == "-":
            return Text(taken(left, right), strength)
        tighter = strength + 1 if sign in "-/" else strength
        return Text(f"{left.within(strength)} {sign} {right.within(tighter)}", strength)

    def _picked(self, term: Term, place: str) -> Text:
        """Elements by their place, or by a method such as `.gather(1, y)`."""
        inner = self.render(term).within(ATOM)
        if not METHOD.match(place):
            return Text(f"{inner}[{place}]", ATOM)
        if self.own.takes_numbers and isinstance(term, Var):
            raise NotRenderable(f"`{inner}` may be a list, which has no such method")
        return Text(f"{inner}{place}", ATOM)

    def _shaped(self, term: App, shape: tuple[object, ...]) -> Text:
        """A view of what is a tensor for sure."""
        inner = self.render(term.args[0])
        if self.own.takes_numbers and isinstance(term.args[0], Var):
            raise NotRenderable(f"`{inner.source}` may be a list or a number, which cannot be reshaped")
        if term.op == "reshape":
            return Text(f"{inner.within(ATOM)}.reshape({', '.join(map(str, shape))})", ATOM)
        slots = ", ".join("None" if slot == "newaxis" else str(slot) for slot in shape)
        return Text(f"{inner.within(ATOM)}[{slots}]", ATOM)

    def _sum(self, term: App) -> Text:
        self._refuse_operators()
        # Positive addends first: `a - b` reads better than `-b + a`.
        units = sorted(self._units(term), key=lambda unit: (-unit[0], unit[1]))
        sign, _, text = units[0]
        whole = text if sign > 0 else negative(text)
        for sign, _, text in units[1:]:
            whole = Text(taken(whole, text) if sign < 0 else f"{whole.within(SUM)} + {text.within(SUM)}", SUM)
        return whole

    def _units(self, term: App) -> list[tuple[int, int, Text]]:
        """The addends of a sum, each with its sign and place in the code; what the code adds up itself is one."""
        left, units = set(term.args), []
        for addends, text in self.words.sums:
            turned = {scale(Fraction(-1), a) for a in addends}
            for sign, part in ((1, addends), (-1, turned)):
                if len(part) < len(term.args) and part <= left:
                    units.append((sign, min(map(self.words.position, part)), text))
                    left -= part
        for addend in sorted(left, key=lambda a: (self.words.position(a), a.key)):
            sign = -1 if split(addend)[0] < 0 else 1
            text = self.render(addend if sign > 0 else scale(Fraction(-1), addend))
            units.append((sign, self.words.position(addend), text))
        return units

    def _product(self, term: Term) -> Text:
        self._refuse_operators()
        coefficient, rest = split(term)
        over: list[Term] = []
        under: list[Term] = []
        if coefficient.numerator not in (1, -1):
            over.append(Const(abs(coefficient.numerator)))
        # Twice a list is another list, silently; 2.0 times one is an error.
        of_a_list = isinstance(rest, Var) and self.own.scalars_promote
        if coefficient.denominator != 1:
            under.append(Const(coefficient.denominator))
        for factor in sorted(factors(rest), key=self.words.position):
            base, exponent = base_and_exponent(factor)
            if isinstance(exponent, Const) and exponent.value < 0:
                under.append(base if exponent.value == -1 else App("^", (base, Const(-exponent.value))))
            elif factor != ONE:
                over.append(factor)
        words = [self.render(f).within(PRODUCT) for f in over]
        if of_a_list and len(words) > 1 and words[0].isdigit():
            words[0] = f"{words[0]}.0"
        text = " * ".join(words) or "1"
        for factor in under:
            text += f" / {self.render(factor).within(SIGN)}"
        if coefficient < 0:
            return Text(f"-{text}", PRODUCT)
        return Text(
            text,
            PRODUCT if len(over) + len(under) > 1 or under else self.render(over[0]).strength if over else ATOM,
        )

    def _power(self, term: App) -> Text:
        base, exponent = term.args
        if exponent == Const(Fraction(1, 2)):
            return self._call(App("sqrt", (base,)))
        if isinstance(exponent, Const) and exponent.value < 0:
            return self._product(term)
        return Text(f"{self.render(base).within(ATOM)}**{self.render(exponent).within(POWER)}", POWER)

    def _call(self, term: App) -> Text:
        row = TABLE.get(term.op)
        if row is None:
            raise NotRenderable(f"`{term.op}` cannot be written here")
        home = self._home(term)
        if term.op == "log" and self.words.is_number(term.args[0]) and self.own.name != "math":
            return self._log_of_number(term.args[0])
        if term.op == "log" and is_length(term.args[0]):
            return self._log_of_length(term.args[0])
        if not home.takes_numbers:
            self._refuse_numbers(term)
        operands = dict(zip(row.operands, self._in_order(term), strict=False))
        weights = None
        if term.op == "weighted_logsumexp":
            function, path, spelling = self._function(home, "logsumexp")
            if not any(parameter.name == "b" for parameter in spelling.parameters):
                x, b = term.args
                return self._call(App("logsumexp", (App("add", (x, App("log", (b,)))),), term.attrs))
            weights = f"b={self.render(operands.pop('b')).source}"
        else:
            function, path, spelling = self._function(home, term.op, term)
        if (way := self.words.otherwise(term.op, self.own)) is not None:
            raise NotRenderable(f"`{way}` is not quite `{function}`")
        words = arguments(
            path,
            spelling,
            operands,
            dict(term.attrs),
            lambda value: self.render(value).source,
            self._setting,
            self.words.keywords,
        )
        if weights is not None:
            words.append(weights)
        picked = "" if spelling.part is None else f"[{spelling.part}]"
        return Text(f"{function}({', '.join(words)}){picked}", ATOM)

    def _home(self, term: App) -> Dialect:
        """Whose function is called: a stable one, the code's own, or that of another library which the code calls."""
        if not TABLE[term.op].elementary or term.op not in SPECIAL or self.own.spellings_of(term.op):
            return self.own if self._is_of_the_code(term) else self.stable
        others = (d for d in map(named, sorted(self.words.libraries)) if d.spellings_of(term.op))
        return next(others, named("scipy") if self.own.home in ("runtime", "scalar") else self.own)

    def _in_order(self, term: App) -> Sequence[Term]:
        """The operands of a call, those that may change places as they come in the code."""
        if term.op != "logaddexp" or not all(isinstance(operand, App) for operand in term.args):
            return term.args
        return sorted(term.args, key=lambda operand: self.words.first(normal(operand)))

    def _is_of_the_code(self, term: App) -> bool:
        """Whether an operation is that of the code's own library, not the stable one."""
        if not TABLE[term.op].elementary or not self.own.spellings_of(term.op):
            return False
        # What the exponential of a logarithm of a sum underflows to is no news.
        is_quiet = term.op == "exp" and not SUMS.isdisjoint(term.ops)
        return not ((is_quiet or (self.promotes and term.op in PROMOTED)) and self.stable.spellings_of(term.op))

    def _log_of_number(self, number: Term) -> Text:
        """A float of Python, which leaves a float32 what it is, as NumPy's own does not."""
        said = self.render(number).source
        try:
            return Text(f"{self.name('math.log')}({said})", ATOM)
        except NotRenderable:
            return Text(f"{self.bring('math.log')}({said})", ATOM)

    def _log_of_length(self, length: Term) -> Text:
        """A float of Python, which leaves a float32 what it is."""
        said = self.render(length).source
        try:
            return Text(f"{self.name('math.log')}({said})", ATOM)
        except NotRenderable:
            if self.own.scalars_promote:
                function, _, _ = self._function(self.own, "log")
                return Text(f"float({function}({said}))", ATOM)
            return Text(f"{self.bring('math.log')}({said})", ATOM)

    def _refuse_numbers(self, term: App) -> None:
        """Raises `NotRenderable` where a function that takes tensors alone would be given a number."""
        if term.op == "log" and isinstance(variable := term.args[0], Var):
            raise NotRenderable(f"`{variable.name}` may be a Python number, and the library's `log` takes arrays only")
        if any(map(self._is_number, term.args)):
            raise NotRenderable(f"`{term.op}` takes tensors only, and one operand is a Python number")

    def _is_number(self, term: Term) -> bool:
        """Whether a term is a number of Python, be it one under a name or computed from such."""
        if isinstance(term, App) and not self.words.is_number(term):
            return all(map(self._is_number, term.args))
        return not isinstance(term, Var) or self.words.is_number(term)

    def _function(self, home: Dialect, op: str, term: App | None = None) -> tuple[str, str, Spelling]:
        """What computes `op`, as it is called here: the first function of the library that can be said."""
        refused = []
        for way in (self.name, self.bring):
            for path, spelling in home.spellings_of(op):
                if term is not None and not says(spelling, term):
                    continue
                if self.promotes and spelling.floats:
                    continue
                try:
                    return way(path), path, spelling
                except NotRenderable as reason:
                    refused.append(reason)
        raise refused[0] if refused else NotRenderable(lacking(home, op))

    def _refuse_operators(self) -> None:
        """Raises `NotRenderable` where the code calls functions for what would be operators: they take lists."""
        if self.own.scalars_promote and (way := self.words.functions_for_operators) is not None:
            raise NotRenderable(f"`{way}` takes lists, which an operator does not")

    def _number(self, value: Fraction) -> Text:
        """A number that stands in the code, or one of the formula's own."""
        if not {abs(value), abs(1 / value) if value else value} & (self.words.numbers | PLAIN):
            raise NotRenderable("it would add a constant that is not in the code")
        return number(value)

    def _setting(self, value: Term) -> str:
        if (text := self.words.of_setting(value)) is not None:
            return text
        if isinstance(value, Const):
            return str(value.value)
        if isinstance(value, Lit):
            return repr(value.value)
        return self.render(value).source


def normal_product(term: Term) -> App:
    """`rest * f(x)` as one flat product, the call last."""
    assert isinstance(term, App)
    rest, call = term.args
    return App("*", (*factors(rest), call))
