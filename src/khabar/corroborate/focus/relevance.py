"""Whether a claim tells of what its report is about: words that it shares with title and lead, what its cue does, and
who was there to see it."""

from __future__ import annotations

import re
from collections import Counter

from khabar.corroborate.cues import Cues
from khabar.corroborate.focus import Focus
from khabar.corroborate.focus.accounts import is_one, is_withheld
from khabar.corroborate.naming import plain
from khabar.corroborate.profiles import Voice
from khabar.corroborate.words import Rarity, root_of, stem_of, words_of
from khabar.records import Claim, Reading, SourceKind
from khabar.text import fold

__all__ = ["Relevance"]

_TELLING = 2.0  # least rarity of a word of title and lead that a claim shares
_PRESENT = ("ي", "ت", "ن", "وي", "وت")
_TITLE = 20  # characters before a name
_SHORTEST = 3
_STILL = frozenset(f"{no} {still}" for no in ("لا", "ما") for still in ("يزال", "تزال", "زال", "زالت", "يزالون"))
_UNAWARE = re.compile(r"(?:لا [يت]ملك|ليس(?:ت)? لدي|لم [يت]تلق|لم [يت]رد|لا علم|لا معلومات)")
_BESIDE = 80  # characters after a name
# سامر النجار، من قرية كذا; وهي من سكان الحي
_LIVES_THERE = re.compile(r"(?:^|\s)من\s+(?:سكان|أهالي|أبناء|قرية|بلدة|حي|مخيم)\s")
_WISHES = re.compile(r"(?:لا )?[ينت]ريد(?:ون)?\b")  # لا يريد سوى النور: who wants something tells of nothing
_ITS = re.compile(r"(?:ه|ها|هم|هما|ي|نا)$")  # شقيقه, of whom his brother tells
_ONE = "مصدر"
_PRIVATE: frozenset[SourceKind] = frozenset({"named_person", "witness"})
_EXPLAIN: frozenset[SourceKind] = frozenset({"named_person", "unnamed_source", "witness"})
_EARLIER = frozenset({"سابق", "سابقه"})
_ELSEWHERE = re.compile(r"\bفي\s+(?:مناسبة|سياق|شأن|موضوع|ملف|حديث)\s+(?:أخرى|آخر|مختلف|منفصل)")
_WITNESSED = ("testimony", "perception", "killed", "injured")
# سيبيتون, ستصرف; not سيارات, ستين
_WILL = re.compile(
    r"^(?:س(?!يار|ياس|يد|يطر|ينا|يرا|يره|يول|يسم|تين|تون|تمي|تما|تار|تره|ترا|نوا|نين|نتي|ندا)[يتن][^\W\d_]{3,}|سوف)$"
)
_GOES_ON = frozenset({"وان", "وانه", "وانها", "وانهم"})
_OPENS = 4  # words with which a content opens
_MANY: frozenset[SourceKind] = frozenset({"witness", "unnamed_source", "media", "document"})


class Relevance:
    """Asks this of the claims of one reading."""

    def __init__(self, reading: Reading, focus: Focus, rarity: Rarity, cues: Cues) -> None:
        self.reading, self.focus, self.rarity, self.cues = reading, focus, rarity, cues
        # Places and times are what stories of one country and week share.
        named = (mention for mention in reading.mentions if mention.type in {"PLACE", "TIME"})
        self.common = {stem_of(word) for mention in named for word in words_of(mention.text)}
        self._experts: set[str] = set()
        lead = reading.document.text[focus.start : focus.end]
        self._roots = focus.title_roots | set(map(root_of, words_of(lead)))
        self.core = Counter([*focus.title_stems, *(stem_of(word) for word in words_of(lead))])

    def telling_words(self, claim: Claim) -> list[str]:
        """The words of a claim, without places, times and who says it."""
        own = set(words_of(claim.source.text)) if claim.source else set()
        return [word for word in words_of(claim.content.text) if word not in own and stem_of(word) not in self.common]

    def shares(self, claim: Claim) -> bool:
        """Whether a claim speaks of what title and lead speak of, or the report opens with it."""
        start = claim.content.start
        inside = self.focus.start <= start < self.focus.end
        if inside and self.focus.sentence(start) <= self.focus.sentence(self.focus.dateline):
            return True
        source = claim.source.text if claim.source else ""
        own = Counter(map(stem_of, words_of(f"{source} {claim.content.text}"))) if inside else Counter()
        stems = {stem_of(word) for word in self.telling_words(claim)} | self._concerned(claim)
        return any(self.core[stem] > own[stem] and self.rarity.of(stem) >= _TELLING for stem in stems)

    def _concerned(self, claim: Claim) -> set[str]:
        """The words of a body's name, which may say that it is of those concerned: a union of teachers who strike."""
        if claim.source is None or claim.source.kind != "organization":
            return set()
        return set(map(stem_of, words_of(claim.source.text))) - self.common

    def _is_concerned(self, claim: Claim, voice: Voice) -> bool:
        """Whether the words beside a person's name say that they are of the people whom title and lead speak of."""
        source = claim.source
        if source is None:
            return False
        before = self.reading.document.text[max(0, source.start - _TITLE) : source.start].split()[-1:]
        after = self.reading.document.text[source.end : min(claim.content.start, source.end + _BESIDE)]
        said_of = " ".join([*before, source.text.replace(voice.label, " "), after])
        if _LIVES_THERE.search(said_of) and claim.cue is not None and not self._is_present(fold(claim.cue.text)):
            return True
        words = words_of(said_of)
        beside = [*words, *map(plain, words)]  # of والدة the first letters are no article
        if self.cues.any("kin", beside):
            return True
        return any(self.cues.has("concerned", word) and root_of(word) in self._roots for word in beside)

    def is_own_care(self, claim: Claim, voice: Voice | None) -> bool:
        """Whether somebody who holds no office is quoted, in the present, on how life goes for them: `تقول بائعة خبز
        إنها مع العمال`; not so who saw or lost something."""
        private = voice is not None and voice.kind in _PRIVATE and not voice.of
        if not private or claim.cue is None or not self._is_present(fold(claim.cue.text)):
            return False
        words = words_of(claim.content.text)
        whose = words_of(claim.source.text) if claim.source else []
        return not (any(self.cues.any(name, words) for name in _WITNESSED) or self.cues.any("kin", whose))

    def reacts(self, claim: Claim) -> bool:
        """Whether the cue judges, promises or complains: who does that tells nothing."""
        return claim.cue is not None and self.cues.has("reaction", fold(claim.cue.text))

    def is_standing(self, claim: Claim) -> bool:
        """Whether a claim after the lead says how things stand at large: ولا يزال ثلاثة ملايين نازحين."""
        words = words_of(claim.content.text)
        opens = " ".join(words[:2]).removeprefix("و") in _STILL
        return opens and claim.content.start >= self.focus.end

    def is_unaware(self, claim: Claim) -> bool:
        """Whether somebody says to know nothing of it: قالت إنها لا تملك معلومات عن الهجوم."""
        return _UNAWARE.match(" ".join(words_of(claim.content.text)[:_OPENS])) is not None

    def foretells(self, claim: Claim) -> bool:
        """Whether a claim is of what will be, and tells of nothing that was: `إن الأجور ستصرف`, `سيبيتون فيها`."""
        words = words_of(claim.content.text)
        return any(map(_WILL.match, words[:_OPENS])) and _GOES_ON.isdisjoint(words)

    def is_rumour(self, claim: Claim) -> bool:
        """Whether nobody stands behind the words: الأنباء التي تحدثت عن."""
        words = words_of(claim.source.text) if claim.source else []
        return bool(words) and self.cues.has("rumour", words[0])

    def is_statistics(self, claim: Claim) -> bool:
        """Whether a paper is cited for what is known at large: وفق أرقام الأمم المتحدة, بحسب تقديرات محلية."""
        source = claim.source
        if source is not None and self.cues.any("report", list(map(plain, words_of(source.text)[:1]))):
            return not _EARLIER.isdisjoint(words_of(source.text))  # تقارير سابقة للمفوضية
        if source is None or source.kind != "document":
            return False
        return self.cues.any("statistics", list(map(plain, words_of(source.text)[:1])))

    def is_expert(self, claim: Claim, voice: Voice | None) -> bool:
        """Whether who speaks was called an expert, who explains and tells of no happening."""
        if voice is None or voice.kind not in _EXPLAIN:
            return False
        words = words_of(claim.source.text) if claim.source else []
        called = self.cues.any("expert", list(map(plain, words[:2])))
        if called and voice.kind == "named_person":
            self._experts.add(voice.key)
        return called or voice.key in self._experts

    def is_of_another_occasion(self, claim: Claim) -> bool:
        """Whether somebody is cited for what he said on another matter: `أكدت الوزيرة، في مناسبة أخرى، أن`."""
        start = self.focus.sentence_of(claim.content.start)[0]
        return _ELSEWHERE.search(self.reading.document.text, start, claim.content.start) is not None

    def is_lost(self, claim: Claim, voice: Voice | None) -> bool:
        """Whether the source is an outlet of which only الوكالة is said, and nobody knows which."""
        source = claim.source
        if source is None or source.kind != "media" or (voice is not None and voice.kind == "media"):
            return False
        return voice is not None and len(words_of(source.text)) == 1

    def is_opinion(self, claim: Claim, voice: Voice | None) -> bool:
        """What people say in general is no report of a happening: `يرى مراقبون`, `يشكو الأهالي`."""
        if claim.cue is None:
            return True
        cue = fold(claim.cue.text)
        present = self._is_present(cue)
        anyone = voice is None or voice.kind == "unnamed_official" or self._is_many(voice)
        anyone = anyone and not (is_one(claim, self.cues) and is_withheld(claim, self.reading.document.text))
        return present and (anyone or not self.shares(claim))

    def is_crowd(self, voice: Voice | None) -> bool:
        """Whether who speaks is nobody in particular, and no source that is only not named: `كبار السن`."""
        if voice is None or voice.kind == "media" or not self._is_many(voice):
            return False
        return not self.cues.any("hidden", [plain(word) for word in words_of(voice.label)[:1]])

    def _is_many(self, voice: Voice) -> bool:
        """Whether it is nobody in particular: `الأهالي`, `منظمات حقوقية`; a source that is only not named is one."""
        if voice.kind == "unnamed_source" and words_of(voice.label)[:1] == [_ONE]:
            return False
        return voice.kind in _MANY or self.cues.any("many", words_of(voice.label)[:1])

    def testifies(self, claim: Claim, voice: Voice | None, *, happened: bool) -> bool:
        """Whether who was there says what was to be seen, or one of those whom the happening befell tells of it;
        `happened` says that something does in the claim, or that something is counted."""
        if voice is None or claim.cue is None:
            return False
        if _WISHES.match(fold(claim.content.text)):
            return False
        opens = words_of(claim.content.text)[:_OPENS]
        if voice.kind == "named_person":
            kin = any(self.cues.has("kin", _ITS.sub("", word)) for word in opens[:1] if _ITS.search(word))
            return kin or self._is_concerned(claim, voice) or self.cues.any("testimony", opens)
        if voice.kind == "unnamed_source":
            hidden = self.cues.any("hidden", [plain(word) for word in words_of(voice.label)[:1]])
            return not hidden and self.cues.has("testimony", fold(claim.cue.text)) and self._is_one_witness(claim)
        if voice.kind != "witness":
            return False
        words = [*words_of(claim.content.text), fold(claim.cue.text)]
        if any(self.cues.any(name, words) for name in _WITNESSED):
            return True
        # A shopkeeper who speaks of his debtors, and of nothing that happened, is a bystander.
        return self._is_one_witness(claim) and (happened or self.shares(claim) or self._was_near(claim))

    def _was_near(self, claim: Claim) -> bool:
        """Whether the words for a witness say that it befell him, or that he lives or was there."""
        source = claim.source
        if source is None:
            return True
        beside = self.reading.document.text[source.end : min(claim.content.start, source.end + _BESIDE)]
        words = words_of(f"{source.text} {beside}")
        bare = [*words, *map(plain, words)]
        return any(self.cues.any(name, bare) for name in ("concerned", "kin", "folk", "near"))

    def _is_one_witness(self, claim: Claim) -> bool:
        """Whether somebody without a name is quoted, and not what people say: `قال صاحب مقهى`, not `يقول السكان`."""
        cue = fold(claim.cue.text) if claim.cue else ""
        source = words_of(claim.source.text) if claim.source else []
        if source[:1] in (["احد"], ["احدي"]):
            return True
        many = source[:1] and (source[0].startswith("ال") or source[0].endswith(("ون", "ين", "و")))
        many = many or self.cues.any("many", source[:1])
        return not many and not self._is_present(cue)

    def _is_present(self, cue: str) -> bool:
        """Whether a verb is in the present, by its letters: يرد, تقول; not نفت, تحدث."""
        letters = cue.startswith("ي") or (cue.startswith(_PRESENT) and len(cue) > _SHORTEST)
        return letters and not self.cues.has("past", cue)
