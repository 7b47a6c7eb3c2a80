"""The closed vocabularies of the records, each word with the label that a reader sees.

The order of the members is the order of presentation everywhere: lists, legends, charts, tables. Every enumeration's
members carry `label` (for running text and tables) and, where a reader needs it, `meaning`.
"""

from __future__ import annotations

import enum
from typing import Self


class Word(enum.StrEnum):
    """A word of a vocabulary, with its label and its meaning in one sentence."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str = "", meaning: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("-", " ")
        member.meaning = meaning
        return member


class Group(Word):
    """What four kinds of status there are; each has one colour."""

    UNDETERMINED = "undetermined", "Undetermined"
    CONFLICTING = "conflicting", "Conflicting"
    ESTABLISHED = "established", "Established"
    CONTRADICTED = "contradicted", "Contradicted"


class Status(Word):
    """What the findings on a claim add up to."""

    group: Group
    mark: str

    def __new__(cls, value: str, label: str, meaning: str, mark: str, group: Group) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.meaning, member.mark, member.group = label, meaning, mark, group
        return member

    UNVERIFIED = "unverified", "Unverified", "Recorded. Not yet checked in full.", "○", Group.UNDETERMINED
    UNCORROBORATED = (
        "uncorroborated",
        "Uncorroborated",
        "We looked. Everything found leads back to the claimant.",
        "◌",
        Group.UNDETERMINED,
    )
    CONTESTED = "contested", "Contested", "Independent evidence conflicts.", "◇", Group.CONFLICTING
    PARTLY_CONFIRMED = (
        "partly-confirmed",
        "Partly confirmed",
        "The event is independently confirmed; the rest is not established.",
        "◐",
        Group.ESTABLISHED,
    )
    CONFIRMED = (
        "confirmed",
        "Confirmed",
        "Event, target, effect and actor are independently confirmed as claimed.",
        "●",
        Group.ESTABLISHED,
    )
    MISDESCRIBED = (
        "misdescribed",
        "Misdescribed",
        "Something happened, but not what was claimed.",
        "◩",
        Group.CONTRADICTED,
    )
    REFUTED = (
        "refuted",
        "Refuted",
        "Independent evidence shows that no such event took place.",
        "■",
        Group.CONTRADICTED,
    )
    NOT_AUTHENTIC = "not-authentic", "Not authentic", "The facade did not issue this.", "✕", Group.CONTRADICTED


class Dimension(Word):
    """One question asked of a claim; `meaning` is the question."""

    AUTHENTIC = "authentic", "Authentic", "Did this facade really issue this claim?"
    OCCURRED = "occurred", "Occurred", "Did an event of this kind happen at about this time and place?"
    TARGET = "target", "Target", "Was the target what the claim says?"
    EFFECT = "effect", "Effect", "Was the effect what the claim says?"
    ACTOR = "actor", "Actor", "Did the claimant, or the organisation behind it, do it?"


class Verdict(Word):
    """The answer to the question of one dimension."""

    SUPPORTED = "supported", "Supported", "Independent evidence says yes."
    CONTRADICTED = "contradicted", "Contradicted", "Independent evidence says no."
    MIXED = "mixed", "Mixed", "There is evidence both ways."
    NOT_ESTABLISHED = "not-established", "Not established", "We looked and cannot tell."
    NOT_ASSESSED = "not-assessed", "Not assessed", "Nobody has looked."
    NOT_CLAIMED = "not-claimed", "Not claimed", "The claim does not say."

    @property
    def settled(self) -> bool:
        """Whether the verdict decides something and therefore needs a second reviewer."""
        return self in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.MIXED)


class ClaimKind(Word):
    """What kind of utterance a claim is."""

    ATTACK = "attack", "Claim of an attack"
    DENIAL = "denial", "Denial", "Says that no event took place, or that the speaker had no part in it."
    THREAT = "threat", "Threat"
    WITHDRAWAL = "withdrawal", "Withdrawal", "Takes back or ends something announced earlier."
    ANNOUNCEMENT = "announcement", "Announcement", "Announces a name, a phase or a change, not one attack."
    REPORT_ONLY = "report-only", "Report only", "A media facade reports; nobody claims."


class ClaimState(Word):
    """What became of the claim itself; says nothing about its truth."""

    STANDING = "standing", "Standing"
    EDITED = "edited", "Edited"
    SUPERSEDED = "superseded", "Superseded", "A later claim replaces it."
    WITHDRAWN = "withdrawn", "Withdrawn by the claimant"
    REMOVED = "removed", "Removed by the platform"
    GONE = "gone", "Gone", "No longer there; the cause is not known."


class Visibility(Word):
    """Where a claim may appear."""

    LISTED = "listed", "Listed"
    UNLISTED = "unlisted", "Unlisted", "Has a page; stands in no list, feed or search."
    WITHHELD = "withheld", "Withheld", "The record exists; its content is not published."


class QuoteMissing(Word):
    """Why the words of a claim, or its original, are not held."""

    NOT_OBTAINED = "not-obtained", "not obtained"
    DELETED_BEFORE_CAPTURE = "deleted-before-capture", "deleted before it was captured"
    IMAGE_ONLY = "image-only", "published as an image only"
    AUDIO_OR_VIDEO_ONLY = "audio-or-video-only", "published as audio or video only"
    PARAPHRASE_ONLY = "paraphrase-only", "only a paraphrase is known"
    WITHHELD_FOR_SAFETY = "withheld-for-safety", "withheld for safety"


class TimeBasis(Word):
    """Where a time comes from."""

    PLATFORM = "platform", "platform metadata read by us"
    CAPTURE = "capture", "on a capture we hold"
    REPORTED_BY_SOURCE = "reported-by-source", "reported by a source"
    STATED_BY_CLAIMANT = "stated-by-claimant", "stated by the claimant"
    INFERRED = "inferred", "inferred"


class TimePrecision(Word):
    """How fine a time is."""

    SECOND = "second", "to the second"
    MINUTE = "minute", "to the minute"
    HOUR = "hour", "to the hour"
    PART_OF_DAY = "part-of-day", "part of a day"
    DAY = "day", "to the day"


class PlacePrecision(Word):
    """How exactly a place is known."""

    POINT = "point", "within 100 m"
    SITE = "site", "within 1 km"
    SETTLEMENT = "settlement", "settlement"
    DISTRICT = "district", "district"
    GOVERNORATE = "governorate", "governorate"
    COUNTRY = "country", "country"
    UNKNOWN = "unknown", "unknown"


class TargetClass(Word):
    """What kind of target the claim names."""

    FOREIGN_MILITARY = "foreign-military"
    FOREIGN_DIPLOMATIC = "foreign-diplomatic"
    CONTRACTED_TRANSPORT = "contracted-transport"
    LOCAL_TRANSPORT = "local-transport"
    LOCAL_SECURITY_FORCE = "local-security-force"
    CIVILIAN = "civilian"
    INFRASTRUCTURE = "infrastructure"
    SUPPLY_CONVOY = "supply-convoy", "supply convoy", "The claim does not say whose."
    UNKNOWN = "unknown"


class EffectClass(Word):
    """What kind of effect the claim names."""

    NONE_STATED = "none-stated", "none stated"
    HIT = "hit", "hit"
    DELAY = "delay", "delay"
    DAMAGE = "damage", "damage"
    DESTRUCTION = "destruction", "destruction"
    CASUALTIES = "casualties", "casualties"
    INTERCEPTION_DENIED = "interception-denied", "says that it was not intercepted"
    UNKNOWN = "unknown"


class PostKind(Word):
    """What a post did with the claim."""

    CLAIM = "claim", "claim"
    REPORT = "report", "report"
    REPOST = "repost", "repost"
    FORWARD = "forward", "forward"
    QUOTE = "quote", "quotation"
    DENIAL = "denial", "denial"
    REACTION = "reaction", "reaction"


class Link(Word):
    """How we know that one item comes from another."""

    PLATFORM_FORWARD = "platform-forward", "forwarded on the platform"
    STATED = "stated", "says so itself"
    NEAR_DUPLICATE = "near-duplicate", "nearly the same words"
    REPORTED = "reported", "reported by a source"
    SUSPECTED = "suspected", "suspected"


class Basis(Word):
    """How an item says that it knows."""

    OWN_OBSERVATION = "own-observation", "own observation"
    OBSERVED_CHANNELS = "observed-channels", "observed the channels"
    NAMED_OFFICIAL = "named-official", "a named official"
    UNNAMED_OFFICIAL = "unnamed-official", "an unnamed official"
    CITES = "cites", "cites others"
    NOT_STATED = "not-stated", "not stated"


class SourceKind(Word):
    """What kind of thing a source is."""

    ARTICLE = "article", "article"
    OFFICIAL_STATEMENT = "official-statement", "official statement"
    DATASET_ROW = "dataset-row", "row of a data set"
    INTERVIEW = "interview", "interview"
    COURT_RECORD = "court-record", "court record"
    IMAGERY = "imagery", "imagery"
    THREAD = "thread", "thread"
    VIDEO = "video", "video"


class SearchScope(Word):
    """What kind of place a search looked in."""

    OFFICIAL_STATEMENTS = "official-statements", "official statements"
    NEWS = "news", "news"
    RESEARCH = "research", "research and databases"
    SOCIAL = "social", "social media"
    IMAGERY = "imagery", "imagery"
    OTHER = "other", "other places"


class UrlPolicy(Word):
    """How the address of a source may be shown."""

    LINK = "link", "link"
    ARCHIVE_ONLY = "archive-only", "archived copy only"
    DEFANG = "defang", "shown, not clickable"
    WITHHOLD = "withhold", "withheld"


class TranslationMethod(Word):
    """How a translation was made."""

    HUMAN = "human", "human"
    MACHINE = "machine", "machine"
    MACHINE_EDITED = "machine-edited", "machine, edited"
    UNKNOWN = "unknown", "method not stated"


class Direction(Word):
    """Which way an item of evidence points."""

    SUPPORTS = "supports", "supports"
    CONTRADICTS = "contradicts", "contradicts"
    NEUTRAL = "neutral", "neutral"


class EvidenceKind(Word):
    """What kind of evidence an item is."""

    TESTIMONY = "testimony", "testimony"
    DOCUMENT = "document", "document"
    CAPTURE = "capture", "capture"
    VISUAL = "visual", "visual"
    VISUAL_VERIFIED = "visual-verified", "visual, placed and timed by us"
    DECISIVE = "decisive", "decisive", "Settles the point alone: recycled footage, an impossible date, imagery."
    PATTERN = "pattern", "pattern", "What usually happens; never settles one event."
    AMPLIFICATION = "amplification", "amplification", "Who posts first or most; never settles one event."


class Likelihood(Word):
    """How probable a judgment is: the words of the PHIA probability yardstick, in rising order."""

    REMOTE_CHANCE = "remote-chance", "remote chance"
    HIGHLY_UNLIKELY = "highly-unlikely", "highly unlikely"
    UNLIKELY = "unlikely", "unlikely"
    REALISTIC_POSSIBILITY = "realistic-possibility", "realistic possibility"
    LIKELY = "likely", "likely"
    HIGHLY_LIKELY = "highly-likely", "highly likely"
    ALMOST_CERTAIN = "almost-certain", "almost certain"


class Confidence(Word):
    """How solid the basis of a judgment is."""

    LOW = "low", "low"
    MODERATE = "moderate", "moderate"
    HIGH = "high", "high"


class FacadeKind(Word):
    """What a facade produces."""

    CLAIM_BRAND = "claim-brand", "Claim brand", "Its product is claims."
    MEDIA_OUTLET = "media-outlet", "Media facade", "Its product is reports."
    UMBRELLA_BRAND = "umbrella-brand", "Umbrella brand", "One name used by several organisations."
    STREET_GROUP = "street-group", "Street group", "Its product is crowds, raids and arson."
    UNKNOWN = "unknown", "Kind not established"


class FacadeState(Word):
    """Whether a facade, or a channel of it, is in use."""

    ACTIVE = "active", "active"
    DORMANT = "dormant", "dormant"
    RETIRED = "retired", "retired"
    ANNOUNCED = "announced", "announced, no claim yet"


class Relation(Word):
    """What a facade is said to be to an organisation."""

    FRONT_FOR = "front-for", "front for"
    MEDIA_ARM_OF = "media-arm-of", "media arm of"
    DIRECTED_BY = "directed-by", "directed by"
    BRAND_SHARED_BY = "brand-shared-by", "brand shared by"
    SUCCESSOR_OF = "successor-of", "successor of"
    AMPLIFIED_BY = "amplified-by", "amplified by", "An observation, not an attribution."


class OrganisationKind(Word):
    """What kind of organisation it is."""

    MILITIA = "militia", "Militia"
    STATE_BODY = "state-body", "State body"
    PARTY = "party", "Party"
    MEDIA = "media", "Media"
    COMPANY = "company", "Company"
    NGO = "ngo", "Non-governmental organisation"
    RESEARCH = "research", "Research"
    COALITION = "coalition", "Coalition"


class Stake(Word):
    """Which side of a claim an organisation has an interest in; drives what counts as independent."""

    CLAIMANT = "claimant", "claimant's side"
    TARGET = "target", "target's side"
    NONE = "none", "no side known"
    MIXED = "mixed", "both sides", "Treated like the target's side."


class Notice(Word):
    """What kind of change a status change is."""

    NONE = "none", "no notice"
    UPDATE = "update", "update", "New evidence."
    CLARIFICATION = "clarification", "clarification"
    CORRECTION = "correction", "correction", "We were wrong."
    RETRACTION = "retraction", "retraction", "The record should not exist; a tombstone stays."


class WithdrawalReason(Word):
    """Why we withdrew a record; `meaning` says what of it remains to be read."""

    DUPLICATE = "duplicate", "recorded twice", "The record remains below as it was."
    NOT_A_CLAIM = "not-a-claim", "not a claim", "The record remains below as it was."
    ERROR = "error", "recorded in error", "The record remains below as it was."
    SAFETY = "safety", "danger to a person", "The content is gone, in earlier versions too; date, reason, history stay."
    LEGAL = "legal", "order of law", "The content is gone, in earlier versions too; date, reason, history stay."

    @property
    def takes_content(self) -> bool:
        """Whether the content itself must go."""
        return self in (WithdrawalReason.SAFETY, WithdrawalReason.LEGAL)


class MediaKind(Word):
    """What kind of medium a capture is."""

    IMAGE = "image", "image"
    VIDEO = "video", "video"
    AUDIO = "audio", "audio"
    PAGE = "page", "page capture"
    DOCUMENT = "document", "document"


class MediaPublished(Word):
    """What of a medium is published."""

    NONE = "none", "nothing"
    TEXT_DESCRIPTION = "text-description", "a description in words"
    REDACTED_STILL = "redacted-still", "a redacted still"


class TermPart(Word):
    """The part of the glossary that a term stands in."""

    NAMES_AND_STRUCTURES = "names-and-structures", "Names and structures"
    STRATEGY = "strategy", "Strategy"
    CLAIMS_AND_ATTACKS = "claims-and-attacks", "Claims and attacks"
    INFORMATION_MANIPULATION = "information-manipulation", "Information manipulation"
    CHECKING = "checking", "Checking"
