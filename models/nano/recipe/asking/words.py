# SPDX-License-Identifier: Apache-2.0
"""The vocabulary of identifiers and phrases, and the fifth of it that training never sees.

No word for a credential stands here (password, token, key, secret, salt): another generator labels those.
"""
import zlib

NOUNS_BY_DOMAIN = {
    "commerce": """order invoice payment refund cart checkout coupon discount voucher basket product catalog price tax
        receipt customer vendor supplier warehouse shipment parcel courier carrier return stock inventory pallet barcode
        store shelf bundle wishlist subscription plan trial seat quote bid auction merchant""",
    "finance": """account ledger balance budget loan mortgage interest dividend portfolio fund bond share broker trade
        exchange currency deposit withdrawal transfer statement audit fiscal revenue expense salary payroll pension
        premium claim policy escrow margin hedge credit debit fee levy grant""",
    "network": """packet socket proxy gateway router switch channel session connection request response header cookie
        endpoint webhook upstream downstream bandwidth latency handshake heartbeat tunnel subnet peer client server
        cluster node replica shard leader follower quorum lease ping beacon relay""",
    "storage": """disk volume block page segment index table row column record schema snapshot backup archive bucket
        blob chunk cache buffer journal log checkpoint partition cursor query transaction batch cell sector inode
        directory folder file manifest registry vault tier""",
    "media": """image video audio frame pixel texture sprite canvas palette font glyph caption subtitle thumbnail
        banner poster track album playlist chorus melody tempo chord beat mixer clip scene camera lens shutter
        exposure filter codec stream podcast""",
    "abbreviations": """db api http id url cfg ctx tmp str buf ptr img msg btn usr src dst req resp addr pkt conn sess ref attr
        param arg cmd env fn obj elem idx len pos col val num err evt txn acct qty amt dept org repo dep doc spec util misc
        json xml csv html dom sdk cli gui tcp udp dns ssh vm os cpu gpu ram io utf ip ast jit uuid rpc""",
    "people": """user member guest visitor tenant owner author editor reviewer teacher student pupil patient doctor
        nurse driver passenger pilot employee manager intern candidate applicant family child team crew group
        committee delegate citizen neighbor volunteer""",
    "travel": """flight airport runway boarding luggage ticket itinerary hotel room booking reservation train station
        platform route journey trip tour cabin ferry harbor bridge tunnel lane highway toll parking garage bicycle
        scooter taxi bus tram map compass""",
    "nature": """river lake ocean island coast reef glacier volcano valley canyon forest meadow desert prairie cloud
        storm thunder rainfall snow frost wind tide wave current moon planet comet asteroid orbit galaxy nebula
        telescope eclipse meteor horizon""",
    "farm": """crop harvest field orchard vineyard greenhouse tractor plough seed soil fertilizer irrigation barn
        stable cattle sheep goat pig chicken egg milk cheese wheat barley corn rice potato tomato carrot onion apple
        pear cherry grape honey hive""",
    "kitchen": """recipe ingredient oven stove pan kettle spoon plate bowl bread dough yeast flour sugar butter sauce
        soup salad dessert cake cookie chocolate coffee tea juice menu meal breakfast lunch dinner pantry freezer
        spice pepper vinegar broth""",
    "health": """dose tablet vaccine syringe blood pulse heart lung kidney muscle bone allergy symptom diagnosis
        therapy surgery clinic ward ambulance pharmacy prescription infusion fever wound bandage specimen scan
        implant hearing vision dental rehab sleep diet""",
    "game": """player score level quest monster dragon goblin castle dungeon treasure potion sword shield armor spell
        arena match round tournament ladder badge trophy lobby avatar inventory tile board dice puzzle enemy weapon
        arrow boss spawn loot""",
    "industry": """sensor motor valve pump turbine boiler compressor conveyor robot gripper welder furnace piston gear
        bearing shaft nozzle tank pipeline gauge meter relay fuse circuit battery charger inverter panel grid
        transformer cable drill lathe forge crane hoist""",
    "office": """document paragraph chapter section heading footnote template letter envelope stamp folder calendar
        meeting agenda minute reminder deadline task ticket project milestone sprint roadmap report chart survey form
        signature printer scanner desk badge contract clause annex memo""",
    "software": """parser lexer compiler linker loader plugin module package widget dialog button toolbar sidebar
        tooltip slider scroll tab window layout viewport theme locale string regex iterator thread worker job queue
        scheduler timer event listener handler callback dispatcher migration feature release build deploy""",
    "web": """article comment thread post feed timeline hashtag mention profile follower inbox message mailbox
        newsletter notification digest search result suggestion ranking rating review spam bot crawler sitemap
        domain redirect bookmark shortcut landing footer navbar""",
    "science": """atom molecule electron photon neutron isotope crystal polymer enzyme protein genome cell tissue
        sample beaker reagent titration spectrum laser magnet voltage resistor friction gravity momentum pressure
        density temperature humidity vector matrix tensor gradient kernel layer epoch""",
    "law": """statute court judge jury verdict appeal lawsuit plaintiff witness evidence permit license treaty
        trademark patent copyright consent liability warranty dispute settlement hearing custody notary ordinance
        election ballot council mayor embassy visa passport border customs""",
    "sport": """goal referee stadium league season coach striker keeper sprint relay marathon hurdle javelin racket
        paddle saddle helmet jersey medal podium lap pitstop tyre engine throttle brake clutch regatta sail anchor
        rope climber ski sled rink""",
    "home": """lamp curtain carpet sofa mattress pillow blanket drawer cupboard mirror shower faucet sink drain
        radiator thermostat chimney balcony terrace garden fence gate doorbell elevator staircase attic cellar
        window blind alarm vacuum laundry iron""",
    "music": """violin cello flute trumpet drum piano organ guitar harp choir orchestra conductor rehearsal concert
        encore stage ticket balcony microphone speaker amplifier reverb echo pitch octave scale tuning metronome
        score libretto ballet""",
    "language": """word sentence syllable vowel consonant accent dialect alphabet grammar dictionary glossary synonym
        idiom translation transcript quotation verse poem novel essay lecture seminar lesson exam homework grade
        syllabus library archive museum exhibit""",
}

QUALIFIERS = """active archived available average backup base blocked cached cold combined compact current custom daily
    default deferred delayed direct draft dry dynamic early eager empty expired external extra failed fallback fast final
    first fixed foreign free full global guest hidden hourly idle inbound incoming initial inner internal joint large last
    late lazy legacy light linked live local long lost manual merged minor missing mobile monthly native nested new nightly
    nominal offline old online open outbound outer overall paid parallel partial past pending premium preview primary
    private proxy public quick quiet rapid raw recent regional regular remote rejected reserved safe scheduled secondary
    shared short silent single slow small soft spare special stable stale standard static steady strict sync temporary
    total trusted upper urgent valid verified virtual visible warm weekly wide yearly""".split()

VERBS = """accept add adjust align announce append apply approve archive arrange assemble assign attach balance bind block
    book build calculate cancel capture charge check choose claim clean clear clone close collect combine compare compress
    compute confirm connect convert copy count crop deduct defer deliver deploy detach detect dismiss dispatch display
    distribute divide download draft draw drop encode enforce enqueue estimate evict expand expire export extend extract
    fetch fill filter find finish fix flush fold format freeze gather generate group handle hide highlight hold import
    inspect install interpolate invite join launch limit link list load locate lock log lower mark match measure merge
    migrate mirror mount move normalize notify observe open order pack paginate paint parse patch pause persist pick pin
    plan poll predict prepare preview print process promote prune publish pull push query queue raise rank rebuild
    reconcile record recover reduce refresh register reject release reload remove rename render renew repair replace
    replay report reserve reset resize resolve restore resume retry return reverse review revoke rotate round route sample
    save scan schedule score seal search select send sort split stage start stop store submit subtract suggest summarize
    suspend swap sync tag test throttle toggle trace track train transfer transform trim unlock unpack update upload
    validate verify visit warm watch weigh wrap write""".split()

ROLES = """Service Handler Manager Controller Repository Builder Factory Parser Writer Reader Client Server Worker Queue
    Cache Store Index Registry Adapter Provider Resolver Validator Formatter Serializer Monitor Scheduler Dispatcher
    Listener Observer View Model Record Entry Item Node Event Message Request Response Config Options Settings Context
    State Status Result Report Policy Rule Filter Plan Job Task Batch Session Snapshot Summary Error Exception Iterator
    Visitor Command Action Strategy Pool Buffer Stream Tracker Collector Renderer Editor Panel Dialog Widget""".split()

HELD_OUT_SHARE = 5  # one word in five


def is_held_out(text, share=HELD_OUT_SHARE):
    return zlib.crc32(text.encode("utf-8")) % share == 0


def choose_side(items, held_out, share=HELD_OUT_SHARE):
    """The training part or the held-out part of a list, by the hash of each item."""
    return [item for item in items if is_held_out(str(item), share) == held_out]


class Vocabulary:
    """Nouns (by domain and flat), qualifiers, verbs and roles of one side."""

    def __init__(self, held_out):
        self.domains = [choose_side(sorted(set(text.split())), held_out) for text in NOUNS_BY_DOMAIN.values()]
        self.domains = [nouns for nouns in self.domains if len(nouns) > 1]
        self.nouns = sorted({noun for nouns in self.domains for noun in nouns})
        self.technical = [noun for name in ("software", "network", "storage", "web", "commerce", "abbreviations", "people")
                          for noun in choose_side(sorted(NOUNS_BY_DOMAIN[name].split()), held_out)]
        self.qualifiers = choose_side(sorted(set(QUALIFIERS)), held_out)
        self.verbs = choose_side(sorted(set(VERBS)), held_out)
        self.roles = choose_side(sorted(set(ROLES)), held_out)


def all_words():
    nouns = {noun for text in NOUNS_BY_DOMAIN.values() for noun in text.split()}
    return nouns | set(QUALIFIERS) | set(VERBS) | {role.lower() for role in ROLES}


_IRREGULAR = {"child": "children", "sheep": "sheep", "person": "people", "shelf": "shelves", "leaf": "leaves",
              "datum": "data", "matrix": "matrices", "index": "indexes", "series": "series", "media": "media",
              "staff": "staff", "equipment": "equipment", "luggage": "luggage", "software": "software"}
_DOUBLING = {"stop", "drop", "trim", "crop", "plan", "pin", "scan", "wrap", "swap", "tag", "log", "split", "begin",
             "run", "get", "set", "put", "cut", "submit", "ship", "skip", "map", "format"} - {"format"}


def plural(word):
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 1 and word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def third_person(verb):
    return plural(verb) if verb not in _IRREGULAR else verb + "es"


def gerund(verb):
    if verb in _DOUBLING:
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + "ing"


def participle(verb):
    irregular = {"send": "sent", "find": "found", "build": "built", "hold": "held", "choose": "chosen", "draw": "drawn",
                 "write": "written", "bind": "bound", "freeze": "frozen", "hide": "hidden", "split": "split",
                 "sync": "synced", "run": "run", "get": "fetched", "set": "set", "put": "put"}
    if verb in irregular:
        return irregular[verb]
    if verb in _DOUBLING:
        return verb + verb[-1] + "ed"
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def article(phrase):
    return ("an " if phrase[:1].lower() in "aeio" or phrase.startswith("up") else "a ") + phrase
