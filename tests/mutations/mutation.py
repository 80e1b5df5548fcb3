"""What a mutation is."""

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Mutation:
    """A wrong behaviour: a small change of one file, and the tests that are to fail because of it.

    Attributes:
        name: short, with hyphens.
        wrong: what is wrong then, in one line.
        file: that is changed, relative to the repository.
        old: text that occurs in it exactly once.
        new: what takes its place.
        tests: files, or ``file::test``, that are run; quick ones.
        run: whether it has been run and was caught; one that is only written down is not counted.
    """

    name: str
    wrong: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    run: bool = False

    def applied(self, source: str) -> str:
        """Return the changed source.

        Raises:
            ValueError: if the old text does not occur exactly once, or nothing would change.
        """
        count = source.count(self.old)
        if count != 1 or self.old == self.new:
            raise ValueError(
                f"Expected the old text of the mutation {self.name} once in {self.file}; got it {count} times. "
                "Write it again for the present source."
            )
        return source.replace(self.old, self.new)
