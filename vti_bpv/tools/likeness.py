"""Words that look like a mistyped one, among those that places use; after PostgreSQL's pg_trgm. Without the ORM."""

import re
from collections import Counter

LEAST = 0.4  # of the typed word's trigrams, to be taken for the same
NEAR_BEST = 0.75  # of the best one's likeness: what is much less alike isn't meant
MOST = 8


def trigrams(word):
    padded = f"  {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


class Vocabulary:
    def __init__(self, texts=()):
        self.words, self.by_trigram = {}, {}
        self.add(texts)

    def add(self, texts):
        """Learn the words of texts, in lower case and without accents; none is ever forgotten."""
        for word in {word for text in texts for word in re.findall(r"\w{3,40}", text)} - self.words.keys():
            grams = trigrams(word)
            self.words[word] = len(grams)
            for gram in grams:
                self.by_trigram.setdefault(gram, []).append(word)

    def alike(self, typed):
        """The words most like a typed one.

        :return: word -> likeness, above 0 and at most 1
        :rtype: dict
        """
        mine = trigrams(typed)
        shared = Counter(word for gram in mine for word in self.by_trigram.get(gram, ()))
        # a long word that holds the typed one counts nearly as much as the word itself
        likeness = {
            word: 0.9 * number / len(mine) + 0.1 * number / (len(mine) + self.words[word] - number)
            for word, number in shared.items()
        }
        best = max(likeness.values(), default=0)
        kept = [word for word, value in likeness.items() if value >= max(LEAST, NEAR_BEST * best)]
        return {word: likeness[word] for word in sorted(kept, key=lambda w: (-likeness[w], w))[:MOST]}
