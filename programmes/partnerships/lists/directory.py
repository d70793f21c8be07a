"""Which organisation a name in a list means: one that is known by it, or several that it may mean."""

from collections import defaultdict
from collections.abc import Iterator

from programmes.participants.models import Organisation, OrganisationName
from programmes.participants.names import normalise

MOST_PROPOSED = 5
SHORTEST_ALIKE = 4
"""Letters of a name of which one may differ: of shorter ones too many are alike."""

FOLDED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
"""Letters that no mark can be taken from, as people without them on their keyboard write them."""


def alike(text: str) -> str:
    """The same for names that differ in capitals, marks, hyphens and letters that others lack."""
    return normalise(text).translate(FOLDED)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _shortened(name: str) -> Iterator[str]:
    """The name, and the name without each of its letters: two names share one where a letter differs."""
    yield name
    if len(name) >= SHORTEST_ALIKE:
        yield from (name[:place] + name[place + 1 :] for place in range(len(name)))


class Directory:
    """All names of the directory's organisations, read once; lists hold hundreds of names."""

    def __init__(self) -> None:
        self.organisations = {row.pk: row for row in Organisation.objects.only("kind", "name", "acronym", "country")}
        self._exactly: dict[str, list[int]] = defaultdict(list)
        self._nearly: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._words: dict[int, list[set[str]]] = defaultdict(list)
        for pk, name in self._names():
            self._exactly[_same(name)].append(pk)
            for part in _shortened(alike(name)):
                self._nearly[part].add(pk)
            words = set(alike(name).split())
            self._words[pk].append(words)
            for word in words:
                self._by_word[word].add(pk)

    def _names(self) -> Iterator[tuple[int, str]]:
        for row in self.organisations.values():
            yield row.pk, row.name
            if row.acronym:
                yield row.pk, row.acronym
        yield from OrganisationName.objects.values_list("organisation", "name")

    def called(self, name: str, kind: str, country: str) -> list[Organisation]:
        """Known by exactly this name; without a kind, of any."""
        return self._fitting(self._exactly.get(_same(name), ()), kind, country)

    def like(self, name: str, kind: str, country: str) -> list[Organisation]:
        """With a name that may be meant: other marks, one other letter, or all of the words and more."""
        asked = alike(name)
        found = {pk for part in _shortened(asked) for pk in self._nearly.get(part, ())} | self._around(asked)
        return self._fitting(sorted(found), kind, country)[:MOST_PROPOSED]

    def _around(self, asked: str) -> set[int]:
        """One name holds the other as whole words: “City of Gdansk” and “Gdańsk”."""
        words = set(asked.split())
        near = {pk for word in words if len(word) >= SHORTEST_ALIKE for pk in self._by_word.get(word, ())}
        return {pk for pk in near if any(words <= known or known <= words for known in self._words[pk])}

    def _fitting(self, keys, kind: str, country: str) -> list[Organisation]:
        rows = [self.organisations[pk] for pk in dict.fromkeys(keys)]
        return [row for row in rows if kind in ("", row.kind) and (not country or row.country in ("", country))]
