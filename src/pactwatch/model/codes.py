"""The closed vocabularies of the codebook: the single source of truth for every coded value.

``docs/codebook.md`` is generated from this module; each member carries its own meaning.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """A coded value with the sentence that defines it."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Code:
        """Make the member and keep its meaning."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class RecordType(Code):
    """What kind of real-world item a record is."""

    AGREEMENT = "agreement", "a written understanding between governments or their defence bodies"
    TRANSFER = "transfer", "equipment or technology going from a supplier to a recipient, co-development included"
    EXERCISE = "exercise", "forces of two or more parties training together, port calls and goodwill exercises included"
    TRAINING = "training", "capacity building: courses, seminars, instructor visits given by one party to another"
    DIALOGUE = "dialogue", "summit, two-plus-two, ministers' meeting or staff talks with defence on the agenda"
    POLICY = "policy", "a rule, strategy, budget or official pronouncement on defence by one party"
    DEPLOYMENT = (
        "deployment",
        "forces operating abroad outside a drill: a relief or search operation, or a named cruise whose port calls "
        "and drills are records of their own",
    )


class Stage(Code):
    """How far an item had come on a date."""

    PROPOSED = "proposed", "put forward by someone able to bring it about, not yet taken up"
    REQUESTED = "requested", "asked for by the recipient"
    NEGOTIATING = "negotiating", "talks opened or going on"
    AGREED = "agreed", "announced as agreed in principle or in substance, or a grant decided"
    SIGNED = "signed", "signed by the parties"
    CONTRACTED = "contracted", "a contract, an exchange of notes or a signed grant or loan agreement"
    APPROVED = "approved", "approved by a parliament, or ratified"
    DELIVERED = "delivered", "handed over, in whole or in part"
    PLANNED = "planned", "told as decided for a later date; not known to have been held"
    HELD = "held", "took place"
    DECIDED = "decided", "decided by the competent body"
    PUBLISHED = "published", "made public"
    ENACTED = "enacted", "passed into law or adopted as a budget"
    IN_FORCE = "in_force", "in legal effect"
    ENDED = "ended", "terminated or lapsed"
    REPEALED = "repealed", "withdrawn or replaced"
    CANCELLED = "cancelled", "called off"


STAGES: dict[RecordType, tuple[Stage, ...]] = {
    RecordType.AGREEMENT: (
        Stage.PROPOSED,
        Stage.NEGOTIATING,
        Stage.AGREED,
        Stage.SIGNED,
        Stage.APPROVED,
        Stage.IN_FORCE,
        Stage.ENDED,
    ),
    RecordType.TRANSFER: (
        Stage.PROPOSED,
        Stage.REQUESTED,
        Stage.AGREED,
        Stage.CONTRACTED,
        Stage.DELIVERED,
        Stage.CANCELLED,
    ),
    RecordType.EXERCISE: (Stage.PLANNED, Stage.HELD, Stage.CANCELLED),
    RecordType.TRAINING: (Stage.PLANNED, Stage.HELD),
    RecordType.DIALOGUE: (Stage.PLANNED, Stage.HELD, Stage.CANCELLED),
    RecordType.POLICY: (
        Stage.PROPOSED,
        Stage.DECIDED,
        Stage.PUBLISHED,
        Stage.ENACTED,
        Stage.IN_FORCE,
        Stage.REPEALED,
    ),
    RecordType.DEPLOYMENT: (Stage.PLANNED, Stage.HELD, Stage.CANCELLED),
}
"""Stages of each type, in the order in which they happen."""

TENTATIVE_STAGES = frozenset({Stage.PROPOSED, Stage.REQUESTED, Stage.NEGOTIATING, Stage.PLANNED})
"""Stages that tell an intention. They never count as something done."""

DONE_STAGES = frozenset(set(Stage) - TENTATIVE_STAGES - {Stage.CANCELLED, Stage.ENDED, Stage.REPEALED})
"""Stages that tell a step completed; measures count these unless they say otherwise."""


class Instrument(Code):
    """The legal or financial form of an item."""

    TREATY = "treaty", "a treaty or convention"
    RAA = "RAA", "Reciprocal Access Agreement"
    VFA = "VFA", "Visiting Forces Agreement"
    ACSA = "ACSA", "Acquisition and Cross-Servicing Agreement"
    GSOMIA = "GSOMIA", "General Security of Military Information Agreement or another information-security pact"
    DETTA = "DETTA", "Defence Equipment and Technology Transfer Agreement"
    MOU = "MOU", "memorandum of understanding or of cooperation"
    LOI = "LOI", "letter or statement of intent"
    JOINT_STATEMENT = "joint_statement", "joint statement, vision, roadmap or declaration"
    OSA = "OSA", "Official Security Assistance"
    ODA = "ODA", "Official Development Assistance"
    CONTRACT = "contract", "a commercial contract"
    OTHER = "other", "another form, among them arrangements and terms of reference"


class ItemCategory(Code):
    """What kind of thing is transferred."""

    RADAR = "radar", "radar"
    VESSEL = "vessel", "ship or boat"
    AIRCRAFT = "aircraft", "fixed-wing aircraft"
    HELICOPTER = "helicopter", "helicopter"
    VEHICLE = "vehicle", "land vehicle"
    MISSILE = "missile", "missile or missile system"
    AMMUNITION = "ammunition", "ammunition"
    ENGINE_PARTS = "engine_parts", "engines, spares and parts"
    COMMUNICATIONS = "communications", "communications and command equipment"
    SURVEILLANCE = "surveillance", "surveillance, navigation or identification equipment other than radar"
    PROTECTIVE = "protective", "protective or rescue equipment"
    DRONE = "drone", "uncrewed vehicle"
    TRAINING_AID = "training_aid", "simulators and training equipment"
    TECHNOLOGY = "technology", "technology, design or production know-how"
    OTHER = "other", "anything else, artillery and buildings included"


class Level(Code):
    """How demanding an exercise is, lowest first."""

    PORT_CALL = "port_call", "a ship's visit, goodwill visits included"
    GOODWILL = "goodwill", "a passing or goodwill exercise at sea"
    TABLETOP = "tabletop", "a tabletop or command-post exercise"
    FIELD = "field", "a field training exercise"
    COMBINED = "combined", "combined manoeuvres of several units or states"


LEVEL_ORDER: tuple[Level, ...] = tuple(Level)
"""Exercise levels from the least to the most demanding (an ordinal scale: distances mean nothing)."""


class Domain(Code):
    """Where forces act."""

    GENERAL = "general", "no one domain"
    MARITIME = "maritime", "sea"
    AIR = "air", "air"
    LAND = "land", "land"
    HADR = "hadr", "disaster relief and humanitarian aid"
    CYBER = "cyber", "networks"
    SPACE = "space", "space"


class Precision(Code):
    """How much of a date is told."""

    DAY = "day", "the day is told"
    MONTH = "month", "the month is told"
    QUARTER = "quarter", "the quarter is told"
    YEAR = "year", "the year is told"
    NONE = "none", "no date is told"


class Modality(Code):
    """How a passage tells an event."""

    ACTUAL = "actual", "told as done or going on"
    PLANNED = "planned", "told as decided for the future"
    POSSIBLE = "possible", "told as something that may be: considered, proposed, rumoured"
    DENIED = "denied", "told as not so, or refused"


class Doubt(Code):
    """Why a milestone must be read with care."""

    UNVERIFIED = "unverified", "no page behind it was opened; it stands on background knowledge"
    DATE_INFERRED = "date_inferred", "part of the date is not on the page but inferred"
    PREVIEW_ONLY = "preview_only", "known only from an announcement made beforehand"
    PLANNED_DATE = "planned_date", "the date is the one planned"
    ANNOUNCEMENT_DATE = "announcement_date", "the date is that of the announcement, not of the event"
    PARTIAL_PARTIES = "partial_parties", "more parties took part than the source names"
    SECONDARY_SOURCE = "secondary_source", "the page is a copy, a blog or a rewrite"
    CONFLICT = "conflict", "sources disagree; the other values stand beside it"
    PROGRAMME_TOTAL = "programme_total", "the amount covers more than this item"
    OVERLAP = "overlap", "contains, or is contained in, another record"
    UNREVIEWED = "unreviewed", "coded by a machine; no person has accepted it yet"


class SourceGrade(Code):
    """Admiralty (NATO) grade for the reliability of a source."""

    A = "A", "completely reliable: an official page of a party to the matter"
    B = "B", "usually reliable: an established agency, newspaper or research institute"
    C = "C", "fairly reliable: specialised or smaller press"
    D = "D", "not usually reliable: a copy, an aggregator, a blog"
    E = "E", "unreliable"
    F = "F", "reliability cannot be judged"


class ItemGrade(Code):
    """Admiralty (NATO) grade for the credibility of what a source tells."""

    CONFIRMED = "1", "confirmed by other sources"
    PROBABLE = "2", "probably true: the page was read and says so"
    POSSIBLE = "3", "possibly true: told beforehand, or partly inferred"
    DOUBTFUL = "4", "doubtful: other sources disagree"
    IMPROBABLE = "5", "improbable"
    UNJUDGED = "6", "truth cannot be judged: no page was read"


class ActorKind(Code):
    """What an actor is."""

    STATE = "state", "a state"
    BODY = "body", "an international body or grouping"


class Office(Code):
    """Offices whose holders stand for their state in a text."""

    HEAD_OF_STATE = "head_of_state", "head of state beside a head of government"
    HEAD_OF_GOVERNMENT = "head_of_government", "prime minister, or president where the president governs"
    DEFENCE_MINISTER = "defence_minister", "minister or secretary of defence"
    FOREIGN_MINISTER = "foreign_minister", "minister or secretary of foreign affairs"


class ReviewStatus(Code):
    """Who answers for a record."""

    CURATED = "curated", "entered by the casebook's editors"
    REVIEWED = "reviewed", "coded by a machine and accepted by a reviewer"
    UNREVIEWED = "unreviewed", "coded by a machine; no person has accepted it yet"


VOCABULARIES: tuple[type[Code], ...] = (
    RecordType,
    Stage,
    Instrument,
    ItemCategory,
    Level,
    Domain,
    Precision,
    Modality,
    Doubt,
    SourceGrade,
    ItemGrade,
    ActorKind,
    Office,
    ReviewStatus,
)
"""Every vocabulary, in the order in which the codebook prints them."""
