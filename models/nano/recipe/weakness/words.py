# SPDX-License-Identifier: Apache-2.0
"""Vocabulary of the generated code: wide on purpose, so that no name hints at a verdict."""

NOUNS = """
account address agenda agent album alert alias amount anchor animal answer apartment archive area arena article artist
asset atlas atom attachment auction audience audio author axis badge bag bakery balance ballot band bank banner barcode
barrel basin basket batch battery beacon bean beat bed bench benefit bike bill bird blade blend block board boat body
bond bonus book booking border bottle branch brand bread brick bridge brief broker bucket buddy budget building bundle
bus business button cabin cable cake calendar camera camp canal candidate canvas cap capacity car carbon card cargo
carrier cart case cast catalog category cell center chain chair channel chapter charge chart chat check chef chemical
child choice city claim class clerk client climate clinic clock cloud club cluster coach coast coin collar colony color
column comment commit company compass concert contact container content contest contract copy corner costume counter
country coupon course court cover crate credit crew crop crystal cube culture currency current curve customer cycle
daemon dairy dashboard date day deal debt deck delay delivery demand depot depth desk device dialect diary diet digest
dish disk display distance district dock doctor document domain donor door draft drawer drill drink drive driver
duration duty edge edition effect element employee engine entry envelope episode equation estate event exam exchange
exhibit expense export face factor factory fair family farm fare feature feed fee fence ferry fiber field figure file
film filter fish flag fleet flight floor flow flower folder font forecast forest fork form formula fountain frame
freight frequency friend fruit fuel fund game garage garden gate gauge genre gift glass glove goal grade graph grain
grid group guard guest guide habit hall handle harbor hardware harvest header health height helmet herd hill hint hobby
holiday hook horizon hospital host hotel hour house hub icon idea image import incident index industry input insect
insurance interest interval inventory invoice island item jacket job joint journal journey judge juice junction keyboard
kernel kitchen label labor ladder lake lamp land lane language laptop launch layer layout leader leaf league leaf lease
leather ledger legend lender length lesson letter level library license light limit line link list listing load loan
lobby locale location locker log loop lot luggage lunch machine magazine mail manager manifest map margin marker market
mask match material matrix meal measure meat media medal member memo menu merchant message metal meter method metric
milestone mill mineral minute mirror mission mixer mobile mode model module moment monitor month motor mountain movie
museum music name nation neighbor nest network news night node note notice novel number nurse object ocean offer office
officer oil option orbit orchard order organ origin outlet output oven owner package page paint pair palette panel paper
parade parcel parent park part partner party passage passenger path patient pattern payment payroll peak pen penalty
pension people permit person petition phase phone photo piece pilot pipe pixel place plan planet plant plate platform
player playlist plot plugin pocket podcast point policy pool port portal portfolio portion position post poster pouch
power preference premium present press price printer prize probe process product profile profit program project proof
property proposal province pulse pump pupil purchase puzzle quality quantity quarter query queue quiz quota quote race
rack radar radio rail rain range rank rate ratio reader reading reason receipt recipe record recovery reef referee
refund region register reply report request reserve resort resource response result retail review revision reward
ribbon ride ring river road robot role roof room root rope roster round route row ruler sail salad salary sale sample
satellite scale scan scene schedule scheme school science score scout screen script season seat section sector seed
segment seller sensor sequence series server service session setting shape share sheet shelf shell shift ship shipment
shoe shop shuttle side signal singer site size sketch skill slice slot snack society soil solar soldier song sound soup
source space speaker species speed spice sport spot spring square stack staff stage stair stamp standard star station
status steel step stock stone stop storage store storm story strategy stream street string studio study style subject
subscriber suburb sugar suite summary supplier supply surface survey switch symbol system table tag talent tank target
task tax taxi team technician temperature template tenant tent term terminal terrain test text theater theme thread
ticket tide tile timber time timer title toast tool topic total tour tower town track trade traffic trail train transfer
transit tray treatment tree trend trial tribe trip truck trunk tube tunnel turbine tutor type union unit update upgrade
user vaccine valley value valve van variant vault vehicle vendor venue version vessel video village vineyard visa visit
visitor voice volume volunteer vote voucher voyage wage wall wallet warehouse warranty watch water wave weather website
week weight wheel widget width window wine winner wire wood word worker workshop yard year yield zone
""".split()

VERBS = """
accept add adjust advance align allow analyze announce append apply approve archive arrange assign attach balance begin
bind book boost bring build bump cache calculate cancel capture change charge check choose claim clean clear close
collect combine commit compare compile complete compose compute confirm connect convert copy count create deduct
define delay deliver derive describe detect dispatch display divide download draw drop edit emit enable encode enrich
enter estimate examine expand expire export extend extract fetch fill filter find finish fit fix flush follow format
forward gather generate get give grant group grow guess handle hide hold import include index inform init insert
inspect install invite issue join jump keep label launch lift limit link list load locate lock log look make manage map
mark match measure merge migrate mirror monitor mount move name notify observe offer open order pack parse paste patch
pause pay pick place plan plot poll post prepare present preview print process produce promote propose provide prune
publish pull push put query queue quote raise rank rate reach read rebuild receive recover redraw reduce refresh
register reject release reload remind remove rename render renew repair repeat replace reply report request require
reserve reset resize resolve restart restore resume retry return reverse review rotate round route run save scale scan
schedule score scroll search seek select send serve set share shift ship show shrink sign skip solve sort split stamp
start stop store submit subscribe suggest sum supply swap switch sync tag take test toggle touch track trade train
translate trim try turn unlock update upload use verify view visit vote wait walk warm watch weigh wrap write
""".split()

ADJECTIVES = """
active actual annual basic big bright busy central cheap clean clear cold common compact cool daily dark deep default
direct double dry early easy empty equal exact extra fair fast final first fixed flat free fresh front full general
global good green half hard heavy high hot inner joint large last late left level light linear little local long loose
low lower main major max middle min minor mixed modern monthly narrow near new next nice normal null old only open
other outer own partial past plain prime prior private public quick quiet rapid rare raw ready real recent red remote
rich right round safe second sharp short silent simple single slow small smooth soft solid spare special stable steady
stored strong sub sweet tall temp thick thin tiny top total true upper urgent usual valid vast visual warm weekly whole
wide wild young
""".split()
ADJECTIVES.remove("safe")  # names must not give the verdict away

SHORT = """a b c d e i j k m n p q r s t u v w x y z ab cb cp ctx cur dst el ev fd fn fp fs gs hd id idx img in_ it kv len ln
lst mp msg nb nm np ns obj op out pkt pos pp ptr qs rc rd ref req res ret rs rv sb sc sep sp sq src st str tmp tp ts tt ui
url val var vec ver vp wd wr xs""".split()

# What values are called everywhere, so in weak, look-alike and ordinary code alike.
COMMON = """cmd command query sql html data filename fname filepath url email username user_id payload body text msg value key
name host port path line input content result response items args params options user uid term search q template code expr
source target dest output title comment token_value session_id order_id page limit offset config headers raw decoded
buffer bytes string field prefix suffix label status reply request_id message entry record node child parent""".split()

TABLES = "users orders accounts sessions products posts comments items messages logs events files tags roles groups".split()

C_NAMES = "buf dst out tmp line str name msg path text data p s cp ptr dest result field token_buf label item body".split()


def Pick(rng, words):
    return words[int(rng.random() * len(words))]


def Words(rng):
    """One to three words that read as the name of a value."""
    x = rng.random()
    if x < 0.42:
        return [Pick(rng, NOUNS)]
    if x < 0.70:
        return [Pick(rng, NOUNS), Pick(rng, NOUNS)]
    if x < 0.86:
        return [Pick(rng, ADJECTIVES), Pick(rng, NOUNS)]
    if x < 0.93:
        return [Pick(rng, VERBS), Pick(rng, NOUNS)]
    return [Pick(rng, ADJECTIVES), Pick(rng, NOUNS), Pick(rng, NOUNS)]


def Action(rng):
    """Words that read as the name of a function."""
    x = rng.random()
    if x < 0.12:
        return [Pick(rng, VERBS)]
    if x < 0.65:
        return [Pick(rng, VERBS), Pick(rng, NOUNS)]
    if x < 0.85:
        return [Pick(rng, VERBS), Pick(rng, NOUNS), Pick(rng, NOUNS)]
    if x < 0.93:
        return [Pick(rng, VERBS), Pick(rng, ADJECTIVES), Pick(rng, NOUNS)]
    return [Pick(rng, NOUNS), Pick(rng, NOUNS)]


def Snake(words):
    return "_".join(words)


def Camel(words):
    return words[0] + "".join(w.capitalize() for w in words[1:])


def Pascal(words):
    return "".join(w.capitalize() for w in words)


def Upper(words):
    return "_".join(words).upper()


STYLES = {"snake": Snake, "camel": Camel, "pascal": Pascal, "upper": Upper}

# Names that would not compile in one language or another, or that shadow what the templates call.
RESERVED = frozenset("""
class case import export default switch return break continue new delete try catch throw throws package interface final
static void int float double long short char bool boolean string map list type range func go select chan defer var let
const function in of as is if else for while do with yield await async from print open format input filter sum sort
object set get match loop ref mod use pub fn move self super this where trait impl struct enum union register union
global local require include echo exit die test read source export time date file log process public private native
abstract order group index table exec eval system
""".split())
