# SPDX-License-Identifier: Apache-2.0
"""Hard-coded secret: a password, key or token stands in the text; harmless from the environment, empty, a placeholder."""
from . import words as W
from .family import Family
from .template import _MAKERS, Characters

_ALNUM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_HEX = "0123456789abcdef"
_B64 = _ALNUM + "+/"
_PASS_MARKS = "!@#$%&*-_.?"


def Secret(scene, rng):
    """A value as people write them: a made-up password, or what a service hands out."""
    x = rng.random()
    word = W.Pick(rng, W.NOUNS)
    if x < 0.16:
        return word.capitalize() + str(int(rng.random() * 9000) + 10) + _PASS_MARKS[int(rng.random() * 4)]
    if x < 0.28:
        swapped = word.replace("a", "4").replace("e", "3").replace("o", "0").replace("i", "1")
        return swapped + _PASS_MARKS[int(rng.random() * len(_PASS_MARKS))] + Characters(rng, _ALNUM, 3)
    if x < 0.36:
        return word + "-" + W.Pick(rng, W.NOUNS) + "-" + str(int(rng.random() * 990) + 10)
    if x < 0.42:
        return word + str(int(rng.random() * 9990) + 1)
    if x < 0.54:
        return Characters(rng, _ALNUM, 8 + int(rng.random() * 10))
    if x < 0.66:
        return Characters(rng, _HEX, W.Pick(rng, [16, 24, 32, 32, 40]))
    if x < 0.74:
        return Characters(rng, _B64, W.Pick(rng, [20, 22, 32, 40, 43])) + W.Pick(rng, ["", "=", "=="])
    if x < 0.80:
        return "sk_" + W.Pick(rng, ["live", "test", "prod"]) + "_" + Characters(rng, _ALNUM, 24)
    if x < 0.84:
        return W.Pick(rng, ["ghp_", "glpat-", "gho_", "npm_", "pypi-", "sk-", "xoxb-", "SG.", "key-", "tok_"]) + Characters(rng, _ALNUM, 26)
    if x < 0.88:
        return W.Pick(rng, ["AKIA", "ASIA"]) + Characters(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
    if x < 0.91:
        return "AIza" + Characters(rng, _ALNUM + "-_", 35)
    if x < 0.95:
        return "%s-%s-%s-%s-%s" % tuple(Characters(rng, _HEX, n) for n in (8, 4, 4, 4, 12))
    return word.capitalize() + W.Pick(rng, W.NOUNS).capitalize() + Characters(rng, "0123456789", 2) + "!"


_NAMES = ["password", "password", "passwd", "secret", "api_key", "api_key", "token", "access_token", "auth_token", "secret_key", "client_secret",
          "private_key", "db_password", "admin_password", "smtp_password", "jwt_secret", "encryption_key", "pass", "pwd", "passphrase",
          "credential", "signing_key", "session_secret", "aws_secret_access_key", "redis_password", "root_password", "bearer_token",
          "webhook_secret", "master_key", "ftp_password", "shared_secret", "hmac_key", "license_key", "service_token", "refresh_token",
          "user_password", "login_password", "mysql_pwd", "app_secret", "consumer_secret", "apikey", "auth_key", "cookie_secret", "pin_code"]


def _Name(rng):
    name = W.Pick(rng, _NAMES)
    x = rng.random()
    if x < 0.22:
        return W.Pick(rng, W.NOUNS) + "_" + name
    if x < 0.27:
        return name + "_" + W.Pick(rng, W.NOUNS)
    if x < 0.30:
        return "default_" + name
    return name


def _Key(style):
    def Make(scene, rng):
        name = _Name(rng)
        if scene.trace is not None:
            scene.trace.append(name)
        return style(name.split("_"))
    return Make


_MAKERS["secret"] = Secret
for _kind, _style in (("snake", W.Snake), ("upper", W.Upper), ("camel", W.Camel), ("pascal", W.Pascal), ("dash", "-".join)):
    _MAKERS["key_" + _kind] = _Key(_style)
_MAKERS["blank"] = lambda s, r: W.Pick(r, ["", "", "<your-%s>" % W.Pick(r, W.NOUNS), "<" + _Name(r) + ">", "YOUR_" + _Name(r).upper(),
                                           "your-%s-here" % _Name(r).replace("_", "-"), "xxxxxxxx", "********", "...", "REPLACE_ME"])
_MAKERS["doubt"] = lambda s, r: W.Pick(r, ["changeme", "password", "test", "secret", "example", "dummy", "foo", "admin", "CHANGE_ME", "12345"])

_PY_ENV = "os.environ[\"«key_upper»\"]|os.environ.get(\"«key_upper»\")|os.getenv(\"«key_upper»\")|config[\"«key_snake»\"]|settings.«key_upper»|" \
          "getpass.getpass()|keyring.get_password(\"«w»\", \"«w»\")|vault.read(\"«w»/«key_snake»\")|secrets.token_hex(32)|load_secret(\"«w»\")|" \
          "args.«key_snake»|self.«key_snake»|kwargs.get(\"«key_snake»\")|input(\"Password: \")|None|request.form[\"password\"]|row[\"«key_snake»\"]|" \
          "open(\"/run/secrets/«w»\").read().strip()|client.get_secret_value(SecretId=\"«w»\")[\"SecretString\"]|\"«blank»\"|\"\"|Fernet.generate_key()"
_JS_ENV = "process.env.«key_upper»|process.env['«key_upper»']|config.get('«key_camel»')|req.body.password|await getSecret('«w»')|null|''|'«blank»'|" \
          "this.«key_camel»|options.«key_camel»|crypto.randomBytes(32).toString('hex')|fs.readFileSync('/run/secrets/«w»', 'utf8')|" \
          "document.getElementById('password').value|undefined|await vault.read('«w»/«w»')|localStorage.getItem('«w»')"

SECRET = Family(
    5, "hardcoded-secret", held_out_language="toml", flow_share=0.0,
    weak={
        "python": """
assign | top | «key_snake» = "«secret»"
upper | top | «key_upper» = "«secret»"
upper | top | «key_upper» = '«secret»'
self | lines | self.«|_»«key_snake» = "«secret»"
kwarg | expr | «f»⟦«v»¦«key_snake»="«secret»"⟧
dict | lines | "«key_snake»": "«secret»",
connect | expr | «psycopg2|MySQLdb|pymysql|mysql.connector».connect⟦host="«host»"¦user="«w»"¦password="«secret»"⟧
default | lines | def «f»(«v», «key_snake»="«secret»"):
item | lines | «app.config|config|settings|os.environ|headers»["«key_upper»"] = "«secret»"
getenv.default | top | «key_upper» = os.«environ.get|getenv»("«key_upper»", "«secret»")
url | top | «C»_URL = "«postgresql|mysql|redis|amqp|mongodb»://«w»:«secret»@«host»:«n»/«w»"
header | expr | requests.get⟦«v»¦headers={"Authorization": "«Bearer |Basic |Token »«secret»"}⟧
bytes | top | «key_upper» = b"«secret»"
auth | expr | requests.«get|post»⟦«v»¦auth=("«w»", "«secret»")⟧
compare | lines | if «password|token|pin|passwd|pwd» == "«secret»":
login | expr | «smtp|server|ftp|client|session».login⟦"«w»@«host»"¦"«secret»"⟧
jwt | expr | jwt.«encode|decode»⟦«v»¦"«secret»"«|¦algorithm="HS256"»⟧
secret_key | lines | app.«secret_key|config["SECRET_KEY"]|config["JWT_SECRET_KEY"]» = "«secret»"
typed | top | «key_snake»: str = "«secret»"
field | top | «key_snake» = «Field|field|Column»(default="«secret»")
""",
        "javascript typescript": """
const | top | const «key_camel» = '«secret»';
const | top | const «key_upper» = "«secret»";
object | lines | «key_camel»: '«secret»',
this | lines | this.«key_camel» = '«secret»';
export | top | export const «key_upper» = '«secret»';
let | top | «let|var» «key_camel» = "«secret»";
jwt | expr | jwt.«sign|verify»⟦«v»¦'«secret»'⟧
or | top | const «key_camel» = process.env.«key_upper» || '«secret»';
connect | expr | mysql.createConnection⟦{ host: '«host»', user: '«w»', password: '«secret»' }⟧
header | lines | headers: { Authorization: 'Bearer «secret»' },
session | stmt | app.use⟦session({ secret: '«secret»', resave: false })⟧
compare | lines | if («v».password === '«secret»') {«!»⏎⇥«f»(«v»);⏎}
url | top | const «camel»Url = 'mongodb«|+srv»://«w»:«secret»@«host»/«w»';
client | expr | new «P»Client⟦{ «apiKey|token|secret|accessKeyId»: '«secret»' }⟧
exports | lines | module.exports.«key_camel» = '«secret»';
stripe | expr | «require('stripe')|new Stripe»⟦'«secret»'⟧
hmac | expr | crypto.createHmac⟦'sha256'¦'«secret»'⟧
""",
        "java": """
static | lines | private static final String «key_upper» = "«secret»";
string | lines | String «key_camel» = "«secret»";
connect | expr | DriverManager.getConnection⟦«"jdbc:mysql://«host»/«w»"|url|«v»»¦"«w»"¦"«secret»"⟧
setter | stmt | «config|ds|props|client|factory».set«key_pascal»⟦"«secret»"⟧
field | lines | private String «key_camel» = "«secret»";
put | stmt | «props|properties|env|map».put⟦"«key_snake»"¦"«secret»"⟧
header | stmt | «conn|request».setRequestProperty⟦"Authorization"¦"Bearer «secret»"⟧
equals | lines | if ("«secret»".equals(password)) {«!»⏎⇥return true;⏎}
spec | expr | new SecretKeySpec⟦"«secret»".getBytes()¦"AES"⟧
constant | lines | public static final String «key_upper» = "«secret»";
value | lines | @Value("${«w».«key_dash»:«secret»}")
signWith | expr | Jwts.builder().signWith⟦SignatureAlgorithm.HS256¦"«secret»"⟧
char | lines | char[] «key_camel» = "«secret»".toCharArray();
""",
        "go": """
const | top | const «key_camel» = "«secret»"
short | lines | «key_camel» := "«secret»"
var | top | var «key_camel» = "«secret»"
field | lines | «key_pascal»: "«secret»",
bytes | top | var «key_camel» = []byte("«secret»")
open | expr | sql.Open⟦"«mysql|postgres»"¦"«w»:«secret»@tcp(«host»:3306)/«w»"⟧
header | stmt | «req|r».Header.Set⟦"Authorization"¦"Bearer «secret»"⟧
basic | stmt | req.SetBasicAuth⟦"«w»"¦"«secret»"⟧
assign | lines | «cfg|c|opts|config».«key_pascal» = "«secret»"
typed | top | const «key_pascal» string = "«secret»"
signed | expr | token.SignedString⟦[]byte("«secret»")⟧
compare | lines | if «password|token|pass» == "«secret»" {«!»⏎⇥return true⏎}
""",
        "php": """
assign | top | $«key_snake» = '«secret»';
define | top | define('«key_upper»', '«secret»');
array | lines | '«key_snake»' => '«secret»',
const | lines | const «key_upper» = '«secret»';
mysqli | expr | «new mysqli|mysqli_connect»⟦'«localhost|db»'¦'«w»'¦'«secret»'¦'«w»'⟧
pdo | expr | new PDO⟦'mysql:host=«host»;dbname=«w»'¦'«w»'¦'«secret»'⟧
property | lines | «private|protected|public» $«key_camel» = '«secret»';
this | lines | $this->«key_camel» = "«secret»";
compare | lines | if ($_POST['password'] «===|==» '«secret»') {«!»⏎⇥$«v» = true;⏎}
putenv | stmt | putenv⟦'«key_upper»=«secret»'⟧
jwt | expr | JWT::encode⟦$«v»¦'«secret»'¦'HS256'⟧
""",
        "ruby": """
const | top | «key_upper» = "«secret»"
assign | lines | «key_snake» = "«secret»"
symbol | lines | «key_snake»: "«secret»",
ivar | lines | @«key_snake» = '«secret»'
config | lines | config.«key_snake» = "«secret»"
env | lines | ENV["«key_upper»"] ||= "«secret»"
basic | lines | http_basic_authenticate_with name: "«w»", password: "«secret»"
connect | expr | «Mysql2::Client|PG::Connection».new⟦host: "«host»"¦password: "«secret»"⟧
""",
        "c cpp": """
static | top | static const char «*«key_snake»|«key_snake»[]» = "«secret»";
define | top | #define «key_upper» "«secret»"
const | top | const char *«key_snake» = "«secret»";
strcmp | lines | if (strcmp(«password|pass|input|token|«v»», "«secret»") == 0)«!»⏎⇥return 1;
connect | expr | mysql_real_connect⟦«conn|&mysql»¦"«host»"¦"«w»"¦"«secret»"¦"«w»"¦0¦NULL¦0⟧
setopt | stmt | curl_easy_setopt⟦«curl|handle»¦CURLOPT_«PASSWORD|USERPWD|XOAUTH2_BEARER»¦"«|«w»:»«secret»"⟧
array | top | static «unsigned |»char «key_snake»[] = "«secret»";
field | lines | .«key_snake» = "«secret»",
pq | expr | PQconnectdb⟦"host=«host» user=«w» password=«secret»"⟧
setenv | expr | setenv⟦"«key_upper»"¦"«secret»"¦1⟧
""",
        "cpp": """
string | top | «static const |const |»std::string «key_snake» = "«secret»";
kconst | top | constexpr «char k«key_pascal»[]|std::string_view k«key_pascal»» = "«secret»";
brace | top | const std::string «key_snake»{"«secret»"};
header | stmt | «req|headers».«set|insert|add»⟦"Authorization"¦"Bearer «secret»"⟧
""",
        "rust": """
const | top | «pub |»const «key_upper»: &str = "«secret»";
let | lines | let «key_snake» = "«secret»";
field | lines | «key_snake»: "«secret»".to_string(),
static | top | static «key_upper»: &[u8] = b"«secret»";
header | expr | client.get(«v»).bearer_auth⟦"«secret»"⟧
unwrap | lines | let «key_snake» = env::var("«key_upper»").unwrap_or("«secret»".to_string());
""",
        "csharp": """
const | lines | «private|public» const string «key_pascal» = "«secret»";
var | lines | «var|string» «key_camel» = "«secret»";
field | lines | private readonly string _«key_camel» = "«secret»";
init | lines | «key_pascal» = "«secret»",
conn | lines | var «v» = "Server=«host»;Database=«w»;User Id=«w»;Password=«secret»;";
cred | expr | new NetworkCredential⟦"«w»"¦"«secret»"⟧
""",
        "shell": """
assign | lines | «key_upper»="«secret»"
export | lines | export «key_upper»=«"«secret»"|'«secret»'»
curl | lines | curl -H "Authorization: Bearer «secret»" https://«host»/«w»
curlu | lines | curl -u «w»:«secret» https://«host»/«w»
mysql | lines | mysql -u«w» -p«secret» «w»
sshpass | lines | sshpass -p '«secret»' ssh «w»@«host»
pgpass | lines | PGPASSWORD=«secret» psql -h «host» -U «w»
chpasswd | lines | echo "«w»:«secret»" | chpasswd
local | lines | local «key_snake»="«secret»"
""",
        "perl": """
my | lines | «my|our» $«key_snake» = «'«secret»'|"«secret»"»;
hash | lines | «key_snake» => '«secret»',
dbi | expr | DBI->connect⟦"dbi:mysql:«w»"¦'«w»'¦'«secret»'⟧
const | lines | use constant «key_upper» => '«secret»';
""",
        "yaml": """
plain | top | «key_snake»: «secret»
quoted | top | «key_snake»: «"«secret»"|'«secret»'»
camel | top | «key_camel»: «secret»
env | top | - «key_upper»=«secret»
dash | top | «key_dash»: "«secret»"
upper | top | «key_upper»: «secret»
url | top | «url|database_url|dsn|uri»: «postgres|mysql|redis|amqp»://«w»:«secret»@«host»/«w»
value | top | - name: «key_upper»⏎⇥value: "«secret»"«!»
""",
        "toml": """
plain | top | «key_snake» = "«secret»"
camel | top | «key_camel» = "«secret»"
dash | top | «key_dash» = "«secret»"
single | top | «key_snake» = '«secret»'
inline | top | «w» = { user = "«w»", password = "«secret»" }
url | top | url = "postgres://«w»:«secret»@«host»/«w»"
""",
        "ini": """
plain | top | «key_snake» = «secret»
tight | top | «key_snake»=«secret»
dotted | top | «w».«w».«key_snake»=«secret»
camel | top | «key_camel»=«secret»
upper | top | «key_upper»=«secret»
dash | top | «w».«key_dash» = «secret»
""",
        "env": """
plain | top | «key_upper»=«secret»
quoted | top | «key_upper»="«secret»"
export | top | export «key_upper»=«secret»
url | top | DATABASE_URL=postgres://«w»:«secret»@«host»:5432/«w»
single | top | «key_upper»='«secret»'
""",
        "dockerfile": """
env | top | ENV «key_upper»=«secret»
envspace | top | ENV «key_upper» «secret»
arg | top | ARG «key_upper»=«secret»
run | top | RUN echo "«w»:«secret»" | chpasswd
multi | top | ENV «C»=«w» «key_upper»=«secret»
curl | top | RUN curl -u «w»:«secret» -O https://«host»/«w».tar.gz
""",
        "json": """
plain | top | "«key_snake»": "«secret»",
camel | top | "«key_camel»": "«secret»",
upper | top | "«key_upper»": "«secret»",
pascal | top | "«key_pascal»": "«secret»"
url | top | "«w»Url": "mongodb://«w»:«secret»@«host»/«w»",
""",
        "xml": """
property | top | <property name="«key_camel»" value="«secret»"/>
element | top | <«key_camel»>«secret»</«key_camel»>
add | top | <add key="«key_pascal»" value="«secret»" />
conn | top | <add name="«P»" connectionString="Server=«host»;User Id=«w»;Password=«secret»" />
attr | top | <user name="«w»" password="«secret»" roles="«w»"/>
android | top | <string name="«key_snake»">«secret»</string>
""",
        "sql": """
create | top | CREATE USER «w» «IDENTIFIED BY|WITH PASSWORD» '«secret»';
alter | top | ALTER USER «w» WITH PASSWORD '«secret»';
insert | top | INSERT INTO users (name, password) VALUES ('«w»', '«secret»');
grant | top | GRANT ALL ON «w».* TO '«w»'@'%' IDENTIFIED BY '«secret»';
""",
    },
    alike={
        "python": f"""
assign | top | «key_snake» = «{_PY_ENV}»
upper | top | «key_upper» = «{_PY_ENV}»
self | lines | self.«|_»«key_snake» = «{_PY_ENV}|«key_snake»»
kwarg | expr | «f»⟦«v»¦«key_snake»=«{_PY_ENV}»⟧
connect | expr | psycopg2.connect⟦host=«v»¦user=«v»¦password=os.environ["«key_upper»"]⟧
param | lines | def «f»(«v», «key_snake»=None):
doubt | top | «key_snake» = "«doubt»"«?»
header | lines | TOKEN_HEADER = "X-«W»-Token"
field | lines | PASSWORD_FIELD = "password"
regex | lines | «C» = re.compile(r"password=(\\w+)")
compare | lines | if not check_password(«v», password):
hash | lines | password_hash = bcrypt.hashpw(password, salt)
message | lines | raise ValueError("password must not be empty")
tokens | lines | token = lexer.next_token()
label | lines | «w»_label = "«prose»"
min | lines | PASSWORD_MIN_LENGTH = «n»
url | lines | TOKEN_URL = "https://«host»/oauth/token"
form | lines | password = forms.CharField(widget=forms.PasswordInput)
keyname | lines | «w»_key = "«key»"
dict | lines | "«key_snake»": os.environ["«key_upper»"],
id | top | «C»_ID = "«hex»"
digest | top | «w»_«checksum|commit|digest|etag» = "«hex»«hex»«hex»«hex»"
""",
        "javascript typescript": f"""
const | top | const «key_camel» = «{_JS_ENV}»;
const | top | const «key_upper» = «{_JS_ENV}»;
object | lines | «key_camel»: «{_JS_ENV}»,
this | lines | this.«key_camel» = «{_JS_ENV}|«key_camel»»;
jwt | expr | jwt.«sign|verify»⟦«v»¦process.env.JWT_SECRET⟧
doubt | lines | «key_camel»: '«doubt»',«?»
field | lines | <input type="password" name="password" />
label | lines | const passwordLabel = '«Prose»';
type | lines | token.type === '«w»'
url | lines | const TOKEN_URL = 'https://«host»/token';
key | lines | const «w»Key = '«w».«w»';
hash | lines | const integrity = 'sha256-«hex»«hex»';
storage | lines | const TOKEN_KEY = '«w»-token';
header | lines | headers: {{ Authorization: `Bearer ${{«v»}}` }},
""",
        "java": """
static | lines | private static final String «key_upper» = System.getenv("«key_upper»");
string | lines | String «key_camel» = «config.getProperty("«w».«key_snake»")|request.getParameter("password")|vault.read("«w»")|""|null|props.get("«key_snake»")»;
connect | expr | DriverManager.getConnection⟦url¦user¦System.getenv("DB_PASSWORD")⟧
setter | stmt | config.set«key_pascal»⟦System.getenv("«key_upper»")⟧
value | lines | @Value("${«w».«key_dash»}")
field | lines | private String «key_camel»;
name | lines | private static final String PASSWORD_PARAM = "password";
msg | lines | throw new AuthException("invalid password");
spec | expr | new SecretKeySpec⟦keyBytes¦"AES"⟧
doubt | lines | String «key_camel» = "«doubt»";«?»
""",
        "go": """
const | lines | «key_camel» := os.Getenv("«key_upper»")
field | lines | «key_pascal»: «os.Getenv("«key_upper»")|cfg.«key_pascal»|""|*«key_camel»Flag»,
flag | lines | «key_camel» := flag.String("«key_dash»", "", "«prose»")
header | stmt | req.Header.Set⟦"Authorization"¦"Bearer "+token⟧
struct | lines | «key_pascal» string `json:"«key_snake»"`
err | lines | var ErrPassword = errors.New("wrong password")
basic | stmt | req.SetBasicAuth⟦user¦pass⟧
doubt | lines | «key_camel» := "«doubt»"«?»
""",
        "php": """
assign | top | $«key_snake» = «getenv('«key_upper»')|$_ENV['«key_upper»']|$_POST['password']|config('«w».«key_snake»')|''|null|$config['«key_snake»']»;
define | top | define('«key_upper»', getenv('«key_upper»'));
array | lines | '«key_snake»' => «env('«key_upper»')|''|$«v»|getenv('«key_upper»')|'required|min:«n»'|null»,
property | lines | private $«key_camel»;
input | lines | <input type="password" name="password">
doubt | lines | '«key_snake»' => '«doubt»',«?»
""",
        "ruby": """
const | top | «key_upper» = ENV.fetch("«key_upper»")
assign | lines | «key_snake» = «ENV["«key_upper»"]|Rails.application.credentials.«w»|params[:password]|nil|SecureRandom.hex(32)|""»
symbol | lines | «key_snake»: ENV["«key_upper»"],
has | lines | has_secure_password
validates | lines | validates :password, presence: true, length: { minimum: «n» }
""",
        "c cpp": """
static | lines | const char *«key_snake» = «getenv("«key_upper»")|NULL|""|argv[2]|config_get("«key_snake»")|getpass("Password: ")|opts->«key_snake»»;
define | lines | #define «key_upper»«_LEN|_MAX|_SIZE» «n»
strcmp | lines | if (strcmp(«v», "--password") == 0)
option | lines | { "password", required_argument, NULL, 'p' },
token | lines | token = strtok(NULL, " ");
env | lines | #define «C»_ENV "«key_upper»"
msg | lines | fprintf(stderr, "wrong password for %s\\n", «v»);
field | lines | char «key_snake»[«n»];
enum | lines | TOKEN_«C»,
doubt | lines | const char *«key_snake» = "«doubt»";«?»
setopt | stmt | curl_easy_setopt⟦curl¦CURLOPT_PASSWORD¦«v»⟧
keys | lines | static const char *«w»_key = "«w».«w»";
""",
        "cpp": """
string | lines | std::string «key_snake»;
get | lines | const auto «key_snake» = «config.get("«key_snake»")|std::getenv("«key_upper»")|read_secret("«w»")»;
""",
        "rust": """
const | lines | let «key_snake» = env::var("«key_upper»")?;
field | lines | «key_snake»: «String::new()|cfg.«key_snake».clone()|None|env::var("«key_upper»").ok()»,
struct | lines | pub «key_snake»: String,
header | lines | const TOKEN_HEADER: &str = "x-«w»-token";
""",
        "csharp": """
const | lines | var «key_camel» = «Environment.GetEnvironmentVariable("«key_upper»")|_config["«W»:«key_pascal»"]|""|null»;
init | lines | «key_pascal» = «_options.«key_pascal»|password|null»,
prop | lines | public string «key_pascal» { get; set; }
""",
        "shell": """
assign | lines | «key_upper»="«${«key_upper»:?}|$(cat /run/secrets/«w»)|$1|${«key_upper»:-}|$(pass show «w»)|$(openssl rand -hex 32)|»"
read | lines | read -s«r|» -p "Password: " «key_snake»
curl | lines | curl -H "Authorization: Bearer $«C»_TOKEN" https://«host»/«w»
check | lines | [ -z "$«key_upper»" ] && exit 1
doubt | lines | «key_upper»=«doubt»«?»
""",
        "perl": """
my | lines | my $«key_snake» = «$ENV{«key_upper»}|shift|$cfg->{«key_snake»}|''|<STDIN>»;
hash | lines | «key_snake» => $«v»,
""",
        "yaml": """
plain | top | «key_snake»: «${«key_upper»}|"{{ «key_snake» }}"|!vault «key_snake»|""|null|«blank»|$«key_upper»|<%= ENV['«key_upper»'] %>»
ref | top | - name: «key_upper»⏎⇥valueFrom:⏎⇥⇥secretKeyRef:⏎⇥⇥⇥name: «dash»⏎⇥⇥⇥key: «key_dash»
github | top | «key_snake»: ${{ secrets.«key_upper» }}
file | top | «key_snake»_file: /run/secrets/«w»
doubt | top | «key_snake»: «doubt»«?»
policy | top | password_min_length: «n»
expiry | top | token_expiry: «n»
""",
        "toml": """
plain | top | «key_snake» = «""|"${«key_upper»}"|"«blank»"»
file | top | «key_snake»_file = "/run/secrets/«w»"
ttl | top | token_ttl = «n»
""",
        "ini": """
plain | top | «key_snake» = «|%(«key_upper»)s|${«key_upper»}|«blank»|<«w»>»
policy | top | password_policy = «w»
doubt | top | «key_snake» = «doubt»«?»
""",
        "env": """
plain | top | «key_upper»=«|${«key_upper»}|«blank»|$(cat /run/secrets/«w»)»
file | top | «key_upper»_FILE=/run/secrets/«w»
doubt | top | «key_upper»=«doubt»«?»
""",
        "dockerfile": """
env | top | ARG «key_upper»
envref | top | ENV «key_upper»=$«key_upper»
mount | top | RUN --mount=type=secret,id=«w» «w»
file | top | ENV «key_upper»_FILE=/run/secrets/«w»
""",
        "json": """
plain | top | "«key_snake»": «""|null|"${«key_upper»}"|"«blank»"»,
type | top | "«key_camel»": { "type": "string" },
integrity | top | "integrity": "sha512-«hex»«hex»«hex»==",
doubt | top | "«key_snake»": "«doubt»",«?»
""",
        "xml": """
property | top | <property name="«key_camel»" value="${«w».«key_snake»}"/>
element | top | <«key_camel»></«key_camel»>
android | top | <string name="password_hint">«Prose»</string>
input | top | <EditText android:inputType="textPassword" />
""",
        "sql": """
create | top | CREATE USER «w» IDENTIFIED BY :«key_snake»;
column | top | password VARCHAR(255) NOT NULL,
select | top | SELECT password_hash FROM users WHERE id = ?;
""",
    },
)
