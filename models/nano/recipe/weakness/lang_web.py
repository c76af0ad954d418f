# SPDX-License-Identifier: Apache-2.0
"""JavaScript, TypeScript and PHP."""
from dataclasses import replace

from .language import Make
from .template import Lines, Rows

JAVASCRIPT = Make(
    "javascript", "camel", ["  ", "  ", "  ", "    ", "\t"], "«V»", "return «E»;",
    assign="""
const «V» = «E»;
const «V» = «E»;
let «V» = «E»;
var «V» = «E»;
""",
    params="""
«v»
«v» = «n»
«v» = {}
opts
callback
{ «v», «v» }
""",
    headers="""
function | function «f»(«PARAMS») { | }
async | async function «f»(«PARAMS») { | }
export | export «|default |async »function «f»(«PARAMS») { | }
arrow | const «f» = («PARAMS») => { | };
asyncarrow | const «f» = async («PARAMS») => { | };
method | «f»(«PARAMS») { | }
asyncmethod | async «f»(«PARAMS») { | }
exports | exports.«f» = «|async »function («PARAMS») { | };
route | «app|router|server».«get|post|put|use»('/«w»/«w»', «|async »(«PARAMS») => { | });
route2 | «app|router».«get|post»("/«w»/:«w»", function («PARAMS») { | });
listener | «w».on('«w»', («PARAMS») => { | });
prototype | «T».prototype.«f» = function («PARAMS») { | };
""",
    types="""
class «T» { | }
class «T» extends «P» { | }
export default class «T» { | }
""",
    docs="""
/** «Prose». */
// «Prose».
/**⏎ * «Prose».⏎ * @param {string} «w»⏎ */
// «prose»
""",
    comments="""
// «prose»
// «Prose».
/* «prose» */
// TODO(«w»): «prose»
// eslint-disable-next-line
""",
    tails="""
// «prose»
// «w»
// eslint-disable-line
// see #«n»
""",
    fillers="""
const «v» = «n»;
const «v» = [];
let «v» = null;
let «v» = 0;
const «v» = '«w»';
const { «v», «v» } = «v»;
const «v» = «f»(«v»);
const «v» = await «f»(«v»);
this.«fld» = «v»;
this.«f»(«v»);
«v».push(«v»);
«v»++;
if (!«v») {⏎⇥return;⏎}
if (!«v») return;
if («v» === undefined) {⏎⇥«v» = «n»;⏎}
if («v».length > «n») {⏎⇥throw new Error('«prose»');⏎}
for (const «v1» of «v») {⏎⇥«f»(«v1»);⏎}
«v».forEach((«v1») => «v1».«f»());
const «v» = «v».map((«v1») => «v1».«fld»);
const «v» = «v».filter(«v1» => «v1».«fld» > «n»);
console.log('«prose»', «v»);
logger.info(`«prose» ${«v»}`);
const «v» = Date.now();
const «v» = new «P»(«v»);
«v».«fld» = «v» || '«w»';
const «v» = Object.keys(«v»).length;
setTimeout(() => this.«f»(), «n»);
«v».on('«w»', this.«f».bind(this));
const «v» = require('./«w»');
«v».classList.add('«dash»');
const «v» = document.getElementById('«dash»');
return «v».«fld»;
«v».emit('«w»', «v»);
const «v» = Math.max(«v», «n»);
""",
    expr_contexts="""
stmt | «CALL»;
stmt | «CALL»;
bare | «CALL»
const | const «v» = «CALL»;
const | const «v» = «CALL»;
let | let «v» = «CALL»;
assign | «v» = «CALL»;
return | return «CALL»;
return | return «CALL»;
if | if («CALL») {⏎⇥«f»(«v»);⏎}
ifnot | if (!«CALL») return;
await | await «CALL»;
awaitconst | const «v» = await «CALL»;
destructure | const { «v» } = await «CALL»;
destructure2 | const [«v»] = await «CALL»;
returnawait | return await «CALL»;
then | «CALL».then((«v1») => «f»(«v1»));
thencatch | «CALL».then(«f»).catch(«f»);
arg | «f»(«CALL»);
arg2 | «v».«f»('«w»', «CALL»);
push | «v».push(«CALL»);
this | this.«fld» = «CALL»;
item | «v»['«key»'] = «CALL»;
arrow | const «v» = () => «CALL»;
callback | «v».map((«v1») => «CALL»);
try | try {⏎⇥«CALL»;⏎} catch («e|err|error») {⏎⇥console.error(«v»);⏎}
tryconst | try {⏎⇥const «v» = «CALL»;⏎⇥«f»(«v»);⏎} catch (e) {⏎⇥next(e);⏎}
object | return { «key»: «CALL», «w»: «v» };
ternary | const «v» = «v» ? «CALL» : null;
or | const «v» = «CALL» || '«w»';
log | console.log('«prose»');⏎«CALL»;
promise | return new Promise((resolve) => resolve(«CALL»));
all | await Promise.all([«CALL», «f»()]);
for | for (const «v1» of «CALL») {⏎⇥«f»(«v1»);⏎}
and | «v» && «CALL»;
""",
    stmt_contexts="""
stmt | «CALL»;
stmt | «CALL»;
bare | «CALL»
if | if («v») {⏎⇥«CALL»;⏎}
oneline | if («v») «CALL»;
else | if («v») {⏎⇥«f»();⏎} else {⏎⇥«CALL»;⏎}
for | for (const «v1» of «v») {⏎⇥«CALL»;⏎}
try | try {⏎⇥«CALL»;⏎} catch (e) {⏎⇥console.warn(e);⏎}
then | «f»(«v»).then((«v1») => {⏎⇥«CALL»;⏎});
timeout | setTimeout(() => {⏎⇥«CALL»;⏎}, «n»);
callback | «v».forEach((«v1») => { «CALL»; });
log | console.debug('«prose»');⏎«CALL»;
after | «CALL»;⏎return «v»;
""",
    sources="""
query | web | req, res | req.query.«fld»
query2 | web | req, res | req.query['«key»']
params | web | req, res | req.params.«fld»
params2 | web | req, res, next | req.params['«key»']
body | web | req, res | req.body.«fld»
body2 | web | req, res, next | req.body['«key»']
headers | web | req, res | req.headers['x-«w»']
get | web | req, res | req.get('X-«W»')
cookies | web | req, res | req.cookies.«fld»
file | web | req, res | req.file.originalname
request | web | request, reply | request.query.«fld»
requestbody | web | request, h | request.payload.«fld»
ctx | web | ctx | ctx.query.«fld»
ctxbody | web | ctx | ctx.request.body.«fld»
ctxparams | web | ctx, next | ctx.params.«fld»
event | web | event | event.queryStringParameters.«fld»
eventbody | web | event | JSON.parse(event.body).«fld»
urlparams | web | request | new URL(request.url).searchParams.get('«key»')
parse | web | req, res | url.parse(req.url, true).query.«fld»
location | dom | ¤ | new URLSearchParams(location.search).get('«key»')
hash | dom | ¤ | location.hash.slice(1)
winhash | dom | ¤ | decodeURIComponent(window.location.hash.substring(1))
input | dom | ¤ | document.getElementById('«dash»').value
inputq | dom | ¤ | document.querySelector('#«dash»').value
jq | dom | ¤ | $('#«dash»').val()
message | dom | event | event.data
messagefld | dom | event | event.data.«fld»
target | dom | event | event.target.value
storage | dom | ¤ | localStorage.getItem('«key»')
fetchtext | io | «v1» | await «v1».text()
fetchjson | io | «v1» | (await «v1».json()).«fld»
argv | cli | ¤ | process.argv[«2|3»]
env | env | ¤ | process.env.«C»
argsopt | cli | argv | argv.«fld»
socket | io | socket, chunk | chunk.toString()
msg | data | msg | msg.«fld»
row | data | row | row.«fld»
this | field | «v» | this.«fld»
opts | data | opts | opts.«fld»
""",
    carriers="""
«X».trim()
«X».toLowerCase()
String(«X»)
«X» || ''
decodeURIComponent(«X»)
«X».split(',')[0]
«X».replace(/\\s+/g, ' ')
«X».slice(0, «n»)
«f»(«X»)
«X» ?? '«w»'
`${«X»}`
""",
    guards="""
includes | if (!['«w»', '«w»'].includes(«X»)) {⏎⇥«return;|throw new Error('«prose»');|return null;»⏎}
includes1 | if (!ALLOWED_«C».includes(«X»)) «return;|return null;|throw new Error('«prose»');»
has | if (!ALLOWED.has(«X»)) {⏎⇥throw new RangeError('«prose»');⏎}
regex | if (!/^[a-z0-9_]+$/i.test(«X»)) {⏎⇥«return;|throw new Error('«prose»');»⏎}
regex2 | if (!/^\\d+$/.test(«X»)) return;
indexOf | if (['«w»', '«w»', '«w»'].indexOf(«X») === -1) return;
""",
    casts="""
Number(«X»)
parseInt(«X», 10)
Number.parseInt(«X», 10)
+«X»
""",
    literals="""
for | for (const «V» of ['«w»', '«w»', '«w»']) {⏎⇥«BODY»⏎}
each | ['«w»', '«w»'].forEach((«V») => {⏎⇥«BODY»⏎});
ternary | const «V» = «v» ? '«w»' : '«w»';⏎«BODY»
constant | const «V» = '«w»';⏎«BODY»
index | for (let «V» = 0; «V» < «n»; «V»++) {⏎⇥«BODY»⏎}
length | const «V» = «v».length;⏎«BODY»
""",
    helper_import="""
const { «H» } = require('./«dash»');
import { «H» } from './«camel»';
import { «H» } from '../«w»/«w»';
const { «H», «f» } = require('../«w»');
""",
)

TYPESCRIPT = replace(
    JAVASCRIPT, name="typescript", param="«V»: string",
    assign=Lines("""
const «V» = «E»;
const «V»: string = «E»;
let «V»: string = «E»;
const «V» = «E» as string;
"""),
    params=Lines("""
«v»: number
«v»?: string
«v»: «P»
«v»: string[]
«v» = «n»
options: «P»Options = {}
"""),
    headers=Rows("""
function | function «f»(«PARAMS»)«|: string|: void|: any» { | }
async | async function «f»(«PARAMS»): Promise<«void|P|string[]|any»> { | }
export | export function «f»(«PARAMS») { | }
arrow | const «f» = («PARAMS»): «void|string|unknown» => { | };
asyncarrow | export const «f» = async («PARAMS») => { | };
method | «public |private |protected |»«f»(«PARAMS») { | }
asyncmethod | «public |private |»async «f»(«PARAMS»): Promise<«void|any»> { | }
route | «app|router».«get|post»('/«w»/:«w»', async («PARAMS») => { | });
nest | @«Get|Post|Put»('«w»')⏎async «f»(«PARAMS») { | }
""", 3),
    types=Rows("""
class «T» { | }
export class «T» implements «P» { | }
@Injectable()⏎export class «T» { | }
@Component({ selector: 'app-«dash»' })⏎export class «T» { | }
""", 2),
    sources=[(name, tag, params.replace("req, res, next", "req: Request, res: Response, next: NextFunction")
              .replace("req, res", "req: Request, res: Response").replace("ctx", "ctx: Context", 1) if tag == "web" else
              params.replace("«v1»", "«v1»: Response").replace("event", "event: MessageEvent"), expression)
             for name, tag, params, expression in JAVASCRIPT.sources],
)

PHP = Make(
    "php", "camel", ["    ", "    ", "  ", "\t"], "«|string »«V»", "return «E»;", sigil="$",
    assign="""
«V» = «E»;
«V» = «E»;
$this->«fld» = «V» = «E»;
""",
    params="""
$«v»
$«v» = null
array $«v»
int $«v» = «n»
«P» $«v»
bool $«v» = false
""",
    headers="""
function | function «f»(«PARAMS») { | }
public | public function «f»(«PARAMS»)⏎{ | }
private | private function «f»(«PARAMS»)«|: ?string»⏎{ | }
static | public static function «f»(«PARAMS») { | }
closure | $«w» = function («PARAMS») { | };
route | Route::«get|post»('/«w»', function («PARAMS») { | });
snake | function «snake»(«PARAMS»)⏎{ | }
""",
    types="""
class «T»⏎{ | }
class «T» extends «P»⏎{ | }
final class «T» { | }
""",
    docs="""
/**⏎ * «Prose».⏎ */
// «prose»
/** «Prose». */
/**⏎ * @param string $«w»⏎ * @return mixed⏎ */
""",
    comments="""
// «prose»
# «prose»
/* «prose» */
// «Prose».
""",
    tails="""
// «prose»
// «w»
# «n»
// phpcs:ignore
""",
    fillers="""
$«v» = «n»;
$«v» = [];
$«v» = array();
$«v» = '«w»';
$«v» = «f»($«v»);
$«v» = $this->«f»($«v»);
$this->«fld» = $«v»;
$«v»['«key»'] = $«v»;
$«v»[] = $«v»;
$«v» = count($«v»);
if (empty($«v»)) {⏎⇥return;⏎}
if ($«v» === null) {⏎⇥return false;⏎}
if (!isset($«v»['«key»'])) {⏎⇥$«v» = «n»;⏎}
foreach ($«v» as $«v1») {⏎⇥$«v1»->«f»();⏎}
foreach ($«v» as $«v1» => $«v2») {⏎⇥$«v»[$«v1»] = $«v2»;⏎}
error_log('«prose»');
$this->logger->info('«prose»');
$«v» = new «P»($«v»);
$«v» = date('Y-m-d');
$«v» = isset($«v») ? $«v» : «n»;
$«v»++;
$«v» = array_merge($«v», ['«key»' => «n»]);
$«v» = time() + «n»;
return $«v»;
$«v» = strlen($«v»);
$«v» = in_array($«v», $«v»);
use App\\«P»\\«T»;
""",
    expr_contexts="""
stmt | «CALL»;
stmt | «CALL»;
assign | $«v» = «CALL»;
assign | $«v» = «CALL»;
return | return «CALL»;
if | if («CALL») {⏎⇥$«v» = true;⏎}
ifnot | if (!«CALL») {⏎⇥throw new \\RuntimeException('«prose»');⏎}
ifassign | if (($«v» = «CALL») !== false) {⏎⇥«f»($«v»);⏎}
this | $this->«fld» = «CALL»;
arg | «f»(«CALL»);
arg2 | $this->«f»('«w»', «CALL»);
item | $«v»['«key»'] = «CALL»;
append | $«v»[] = «CALL»;
array | return ['«key»' => «CALL», '«key»' => $«v»];
or | «CALL» or die('«prose»');
at | $«v» = @«CALL»;
foreach | foreach («CALL» as $«v1») {⏎⇥«f»($«v1»);⏎}
try | try {⏎⇥$«v» = «CALL»;⏎} catch (\\Exception $e) {⏎⇥error_log($e->getMessage());⏎}
trystmt | try {⏎⇥«CALL»;⏎} catch (Exception $e) {⏎⇥return null;⏎}
ternary | $«v» = $«v» ? «CALL» : null;
coalesce | $«v» = «CALL» ?? [];
inif | if ($«v») {⏎⇥«CALL»;⏎}
else | if ($«v») {⏎⇥return;⏎} else {⏎⇥$«v» = «CALL»;⏎}
log | $this->logger->debug('«prose»');⏎«CALL»;
""",
    stmt_contexts="""
stmt | «CALL»;
stmt | «CALL»;
if | if ($«v») {⏎⇥«CALL»;⏎}
ifisset | if (isset($«v»)) {⏎⇥«CALL»;⏎}
else | if (!$«v») {⏎⇥«f»();⏎} else {⏎⇥«CALL»;⏎}
foreach | foreach ($«v» as $«v1») {⏎⇥«CALL»;⏎}
try | try {⏎⇥«CALL»;⏎} catch (Exception $e) {⏎⇥return null;⏎}
after | «CALL»;⏎return $«v»;
exit | «CALL»;⏎exit;
""",
    sources="""
get | web | ¤ | $_GET['«key»']
getdq | web | ¤ | $_GET["«key»"]
post | web | ¤ | $_POST['«key»']
postdq | web | ¤ | $_POST["«key»"]
request | web | ¤ | $_REQUEST['«key»']
cookie | web | ¤ | $_COOKIE['«key»']
server | web | ¤ | $_SERVER['«HTTP_X_«C»|HTTP_REFERER|QUERY_STRING|REQUEST_URI|HTTP_USER_AGENT»']
files | web | ¤ | $_FILES['«key»']['name']
input | web | Request $request | $request->input('«key»')
query | web | Request $request | $request->query->get('«key»')
req | web | $request | $request->get('«key»')
header | web | $request | $request->header('X-«W»')
parsed | web | $request, $response | $request->getParsedBody()['«key»']
args | web | $request, $response, $args | $args['«key»']
raw | io | ¤ | file_get_contents('php://input')
filter | web | ¤ | filter_input(INPUT_GET, '«key»')
argv | cli | ¤ | $argv[1]
env | env | ¤ | getenv('«C»')
row | data | $row | $row['«key»']
field | field | $«v» | $this->«fld»
json | data | $body | json_decode($body, true)['«key»']
fgets | io | $«v1» | fgets($«v1»)
coalesce | web | ¤ | $_GET['«key»'] ?? ''
obj | data | $«v1» | $«v1»->«fld»
""",
    carriers="""
trim(«X»)
strtolower(«X»)
(string) «X»
urldecode(«X»)
substr(«X», 0, «n»)
«f»(«X»)
«X» ?? ''
str_replace(' ', '_', «X»)
explode(',', «X»)[0]
$this->«f»(«X»)
""",
    guards="""
inarray | if (!in_array(«X», ['«w»', '«w»'], true)) {⏎⇥«return null;|die('«prose»');|throw new \\InvalidArgumentException('«prose»');»⏎}
allowed | if (!in_array(«X», self::«C», true)) {⏎⇥return false;⏎}
digit | if (!ctype_digit(«X»)) {⏎⇥«exit;|return null;|http_response_code(400); return;»⏎}
alnum | if (!ctype_alnum(«X»)) {⏎⇥throw new \\RuntimeException('«prose»');⏎}
preg | if (!preg_match('/^[a-z0-9_]+$/', «X»)) {⏎⇥«return;|exit('«prose»');»⏎}
isset | if (!isset($this->allowed[«X»])) {⏎⇥return null;⏎}
""",
    casts="""
(int) «X»
intval(«X»)
(int)«X»
(float) «X»
""",
    literals="""
for | foreach (['«w»', '«w»', '«w»'] as «V») {⏎⇥«BODY»⏎}
ternary | «V» = $«v» ? '«w»' : '«w»';⏎«BODY»
constant | «V» = '«w»';⏎«BODY»
index | for («V» = 0; «V» < «n»; «V»++) {⏎⇥«BODY»⏎}
count | «V» = count($«v»);⏎«BODY»
""",
    helper_import="""
require_once '«w»/«dash».php';
require __DIR__ . '/«snake».php';
use function App\\«W»\\«H»;
include_once 'lib/«w».php';
""",
)
