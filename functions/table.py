"""The README's table of functions, from the first line of each: `python -m functions.table` writes it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BETWEEN = re.compile(r"(?<=<!-- functions: made by `make generate` -->\n).*(?=<!-- end of functions -->)", re.DOTALL)


def text() -> str:
    """The whole README with the table as it should be."""
    rows = [f"| [`{main.parent.name}`]({_folder(main)}) | {promise(main)} |" for main in _functions()]
    table = "\n".join(["| function | what it promises |", "| --- | --- |", *rows, ""])
    made, places = _BETWEEN.subn(lambda _: table, README.read_text())
    assert places == 1, "the README has lost the place of its table"
    return made


def promise(main: Path) -> str:
    documented = ast.get_docstring(ast.parse(main.read_text()))
    assert documented, f"{main} begins without a promise"
    return documented.splitlines()[0]


def _functions() -> list[Path]:
    return sorted(ROOT.glob("functions/*/main.py"))


def _folder(main: Path) -> str:
    return str(main.parent.relative_to(ROOT))


if __name__ == "__main__":
    README.write_text(text())
