# SPDX-License-Identifier: Apache-2.0
"""Ordinary lines that use the risky words harmlessly: names, comments, imports, messages, documentation."""
from items import OK, Snippet

from .compose import NewScene
from .languages import LANGUAGES
from .layout import Function, Lines, Spread
from .template import Lines as Table

# What comments, messages and documentation speak of; the frames are below.
_RISKS = """eval;eval();exec();system();strcpy();sprintf();gets();pickle;yaml.load;SQL;SQL injection;the query;the password;the token;
MD5;SHA-1;the secret;the random seed;rand();innerHTML;the certificate;the path;the shell;unserialize();verify=False;printf();
buffer overflow;command injection;path traversal;the format string;XSS;the API key;shell=True;os.system;document.write;memcpy();
the private key;Math.random();rejectUnauthorized;the session id;path names;the buffer;TLS;the hash;popen();the HTML;../;
SELECT statements;format strings;the nonce;passwords;tokens;deserialization;CERT_NONE;the checksum;the salt"""
_RISKS = [risk.strip() for risk in _RISKS.replace("\n", "").split(";")]

# § is the comment sign, ¶ one of the risks.
_COMMENTS = Table("""
§ ¶ is checked by the «w»
§ never use ¶ on «w» input
§ «w» uses ¶, see #«n»
§ ¶ is prevented by «prose»
§ TODO: drop ¶ once «w» «d».«d» is gone
§ «Prose»: ¶ comes from «w»
§ ¶ for «prose»
§ avoid ¶ here, «prose»
§ don't log ¶
§ ¶ must not be empty
§ returns 0 if ¶ is valid
§ read ¶ before «prose»
§ ¶ was removed in «d».«d»
§ see https://«host»/docs/«w» about ¶
§ ¶ may be longer than the «w»
§ FIXME: ¶ and «prose»
§ @param «w» ¶
§ update ¶ of the «w»
§ XXX ¶
§ keep ¶ until «prose»
§ without ¶, the «w» is «adj»
§ ¶ («prose»)
§ If ¶ is set, «verb» the «w».
§ Compute ¶ and «verb» it.
§ «Verbs» ¶ of the «w».
§ Copyright (C) 20«d»«d» «W» «W» <«w»@«host»>
§ SPDX-License-Identifier: MIT
§ ¶ -> «w»
""".replace("«Verbs»", "«W»"))

_HARD = {
    "python": """
import «hashlib|pickle|subprocess|random|ssl|yaml|marshal|shlex|secrets|sqlite3|os, sys|tempfile»
from «subprocess|hashlib|random|ssl|os.path|yaml» import «Popen, PIPE|sha256|choice|SSLContext|join, exists|safe_load|CalledProcessError»
def execute_«w»(self, «v»):⏎⇥return self.«f»(«v»)
«v» = self.execute_«w»(«v», «n»)
def password(self):⏎⇥return self._password
def set_password(self, password):⏎⇥self._password = password
if password != self.password:⏎⇥return False
if user.check_password(password):⏎⇥login(user)
token = tokens[pos]
token = self.peek()
for token in tokens:⏎⇥«v».append(token.value)
tokens = shlex.split(«v»)
result = model.evaluate(«v», «v»)
model.eval()
self.«fld» = «v».hash
key = (self.«fld», «v»)
hash(self.«fld»)
def __hash__(self):⏎⇥return hash((self.«fld», self.«fld»))
logger.info("password of %s changed", «v»)
logger.warning("eval failed: %s", exc)
raise ValueError("invalid token")
os.path.join(«v», "«w»")
path = os.path.join(self.«fld», name)
with open(path) as f:⏎⇥«v» = f.read()
with open(os.path.join(«v», fname), "w") as fh:⏎⇥fh.write(«v»)
open(self.filename, "rb")
if os.path.exists(path):⏎⇥os.remove(path)
shutil.rmtree(tmpdir)
proc = subprocess.Popen(args, stdout=subprocess.PIPE)
subprocess.check_call(["«w»", "-«w»", path])
subprocess.run(cmd, check=True)
output = subprocess.check_output(cmd).decode()
returncode = proc.wait()
cursor = conn.cursor()
cursor.execute("SELECT «col» FROM «tbl»")
row = cursor.fetchone()
query = query.filter_by(«snake»=«v»)
query = "SELECT «col» FROM «tbl» WHERE «col» = ?"
parser.add_argument("--password", help="«prose»")
parser.add_argument("--shell", action="store_true")
password = getpass.getpass("Password: ")
random.seed(42)
random.shuffle(«v»)
«v» = random.choice(«v»)
system = platform.system()
self.system = system
template = env.get_template("«w».html")
html = "<html></html>"
def render_html(self):⏎⇥return self.template.render(«w»=self.«fld»)
exec_prefix = sys.exec_prefix
compiled = re.compile(r"\\s+")
compile(source, filename, "exec")
secret_name = "«dash»"
digest = sha256(«v»).hexdigest()
checksum = zlib.crc32(«v») & 0xffffffff
data = json.loads(«v»)
config = yaml.safe_load(f)
ctx = ssl.create_default_context()
verify = kwargs.pop("verify", True)
"%s/%s" % (self.«fld», name)
print("usage: %s [--eval]" % sys.argv[0])
self.assertEqual(«v».token, "«w»")
assert "password" not in «v»
def test_sql_«snake»(self):⏎⇥self.assertRaises(ValueError, «f», «v»)
@patch("subprocess.run")
"password": forms.CharField(widget=forms.PasswordInput),
""",
    "c cpp": """
#include <«string.h|stdlib.h|stdio.h|openssl/ssl.h|openssl/md5.h|openssl/sha.h|syslog.h|curl/curl.h|sys/random.h»>
#include "«md5|sha1|exec|system|random|hash|token|buffer».h"
static int exec_«snake»(struct «snake» *«v», int argc)⏎{⏎⇥return «f»(«v», argc);⏎}
struct system_«w» *sys = &«v»->system;
static const char *password_prompt = "Password: ";
if (strcmp(password, confirm) != 0)⏎⇥return -1;
int check_password(const char *user, const char *password);
token = next_token(&lexer);
if (token->type == TOKEN_«C»)⏎⇥return 0;
case TOKEN_STRING:⏎⇥«f»(token);⏎⇥break;
memcpy(&«v», &«v», sizeof(«v»));
memcpy(dst, src, sizeof(*dst));
memcpy(«v»->«fld», «v»->«fld», sizeof(«v»->«fld»));
memcpy(p, q, n * sizeof(*p));
memcpy(new, old, old_len);
memmove(p, p + 1, len - 1);
memset(buf, 0, sizeof(buf));
strncpy(«v», «v», sizeof(«v») - 1);
snprintf(buf, sizeof(buf), "%s/%s", dir, name);
n = snprintf(buf, size, "%d", «v»);
strlcpy(«v», «v», sizeof(«v»));
strcpy(«v», "«w»");
sprintf(buf, "%d", «v»);
p = strchr(buf, '\\n');
printf("%s\\n", «v»);
printf("usage: %s [options]\\n", argv[0]);
fprintf(stderr, "%s: %s\\n", progname, strerror(errno));
fprintf(fp, "%d %d\\n", «v», «v»);
syslog(LOG_INFO, "%s started", progname);
vfprintf(stderr, fmt, ap);
fp = fopen(filename, "r");
fd = open(path, O_RDONLY);
if (stat(path, &st) < 0)⏎⇥return -errno;
execvp(argv[0], argv);
execv(path, args);
pid = fork();
hash = hash_string(«v»);
hash = (hash * 31) + *p++;
unsigned int hash = 5381;
h = hash_lookup(&table, key);
md5 = «v»->md5;
char digest[SHA256_DIGEST_LENGTH];
seed = seed * 1103515245 + 12345;
i = rand() % «v»;
rng = g_rand_new();
x = random_in_range(0, «n»);
key = «v»->key;
static const char *secret_names[] = { "«w»", "«w»", NULL };
{ "password", required_argument, NULL, 'p' },
{ "exec", no_argument, NULL, 'e' },
#define EXEC_«C» «n»
#define BUF_SIZE «n»
char buf[«n»];
if (len >= sizeof(buf))⏎⇥return -ENOSPC;
SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
sql = "SELECT «col» FROM «tbl»";
rc = sqlite3_step(stmt);
query = build_query(«v»);
eval = evaluate(board, depth);
score = eval_position(&pos);
read(fd, buf, sizeof(buf));
n = recv(sock, buf, sizeof(buf) - 1, 0);
while (fgets(line, sizeof(line), fp)) {⏎⇥«f»(line);⏎}
sscanf(line, "%d %d", &«v», &«v»);
DBG("exec %s", name);
str = strdup(src);
gets_called = 0;
""",
    "javascript typescript": """
const «crypto|fs|path|child_process|https|vm» = require('«crypto|fs|path|child_process|https|vm»');
import { «exec|createHash|readFile|randomBytes» } from '«child_process|crypto|fs|node:crypto»';
const match = /^«w»(\\d+)$/.exec(«v»);
const m = re.exec(«v»);
«T».find({ «w»: «v» }).exec(cb);
const query = { «w»: «v» };
const token = tokens[i];
const token = req.headers.authorization;
if (token.type !== '«w»') return;
const { password } = this.state;
if (password !== confirmPassword) {⏎⇥setError('«prose»');⏎}
this.setState({ password: e.target.value });
<input type="password" onChange={this.onChange} />
await user.comparePassword(password);
const path = require('path');
const file = path.join(__dirname, '«w»');
fs.readFile(filename, 'utf8', callback);
const x = Math.random() * width;
const color = colors[Math.floor(Math.random() * colors.length)];
const id = useId();
el.textContent = «v»;
el.innerHTML = '';
const html = el.innerHTML;
if (el.innerHTML === '') return;
document.createElement('script');
setTimeout(«f», «n»);
setTimeout(function () { «f»(); }, «n»);
const fn = new «P»Function(«v»);
if (typeof «v» === 'function') «v»();
const hash = window.location.hash;
const hash = createHash('sha256');
const data = JSON.parse(«v»);
const secretName = '«dash»';
const apiKey = process.env.API_KEY;
apiKey: PropTypes.string,
db.query(sql, params, callback);
const sql = 'SELECT «col» FROM «tbl» WHERE id = ?';
const result = evaluate(node.left) + evaluate(node.right);
executeCommand('«w»', «v»);
console.log('executing query', «v»);
res.send('ok');
res.json({ token });
res.sendFile(path.join(__dirname, 'index.html'));
expect(«v».token).toBe('«w»');
it('rejects a wrong password', async () => {
throw new Error('invalid token');
rejectUnauthorized: true,
""",
    "go": """
import "«crypto/md5|math/rand|os/exec|crypto/tls|html/template|database/sql|crypto/rand»"
rows, err := db.Query(query, args...)
func (s *«T») Exec«P»(«v» string) error {⏎⇥return s.«f»(«v»)⏎}
token := scanner.Token()
if token.Kind == TokenEOF {⏎⇥break⏎}
cmd := exec.Command(name, args...)
cmd.Stdout = os.Stdout
if err := cmd.Run(); err != nil {⏎⇥return err⏎}
f, err := os.Open(path)
data, err := os.ReadFile(filename)
p := filepath.Join(dir, name)
Password string `json:"password"`
password := os.Getenv("DB_PASSWORD")
hash := sha256.Sum256(data)
h := fnv.New32a()
rand.Shuffle(len(«v»), func(i, j int) {})
n := rand.Intn(len(«v»))
fmt.Printf("%s\\n", «v»)
log.Printf("token %d: %v", «v», «v»)
return fmt.Errorf("query %s: %w", name, err)
tmpl.Execute(w, data)
json.NewDecoder(r.Body).Decode(&«v»)
fmt.Fprintf(w, "%d", «v»)
const query = `SELECT «col» FROM «tbl» WHERE id = $1`
tlsConfig := &tls.Config{MinVersion: tls.VersionTLS12}
t.Errorf("password = %q, want %q", got, want)
secretName := flag.String("secret-name", "", "«prose»")
""",
    "java csharp": """
import java.«security.MessageDigest|util.Random|sql.Statement|io.ObjectInputStream»;
executor.execute(task);
public void execute(«P» «v») {
String token = tokenizer.nextToken();
String password = request.getPassword();
user.setPassword(encoder.encode(password));
if (!password.equals(confirm)) {⏎⇥return false;⏎}
int hash = «v».hashCode();
public int hashCode() {⏎⇥return Objects.hash(«v», «v»);⏎}
Random random = new Random();
int index = random.nextInt(list.size());
File file = new File(path);
Query query = session.createQuery(cq);
PreparedStatement ps = conn.prepareStatement(sql);
stmt.execute("CREATE TABLE «tbl» (id INT)");
System.out.println("query: " + «v»);
logger.debug("executing {}", «v»);
MessageDigest md = MessageDigest.getInstance("SHA-256");
throw new IllegalArgumentException("invalid password");
Object result = evaluator.evaluate(expr);
Path p = dir.resolve("«w»");
String sql = "SELECT * FROM «tbl» WHERE id = ?";
private final String secretName;
ProcessBuilder pb = new ProcessBuilder(args);
""",
    "php": """
$stmt->execute();
$query->execute();
$stmt = $pdo->prepare($sql);
$rows = $stmt->fetchAll();
$password = password_hash($password, PASSWORD_DEFAULT);
if (password_verify($password, $hash)) {⏎⇥$this->«f»();⏎}
$token = $this->getToken();
$path = __DIR__ . '/«w»';
require_once __DIR__ . '/../vendor/autoload.php';
require $this->path;
$content = file_get_contents($file);
curl_exec($ch);
echo '<table>';
echo "</td></tr>\\n";
echo PHP_EOL;
echo $this->render('«w»');
$hash = $this->hash;
protected $hidden = ['password', 'remember_token'];
$this->system = $system;
public function execute(InputInterface $input, OutputInterface $output)
$key = array_rand($«v»);
printf("%d «w»s\\n", count($«v»));
'password' => 'required|min:8',
""",
    "ruby": """
has_secure_password
token = tokens.shift
@password = password
system("bundle", "install")
«v» = «v».hash
attr_accessor :password, :token
def execute(«v»)⏎⇥@«fld».call(«v»)⏎end
expect(«v».token).to eq("«w»")
File.read(path)
File.join(dir, name)
User.where(id: «v»)
scope :«w», -> { where(«w»: true) }
validates :password, length: { minimum: «n» }
render :«w»
«v».sample
rand(«n»)
instance_eval(&block)
class_eval do
eval_gemfile "«w»"
YAML.safe_load(File.read(path))
puts "exec #{«v»}"
""",
    "rust": """
use std::process::Command;
use rand::Rng;
let token = lexer.next_token()?;
Token::Ident(name) => self.eval(name),
fn eval(&self, expr: &Expr) -> Result<Value> {
let hash = self.hash(&key);
impl Hash for «P» {
let file = File::open(path)?;
let path = dir.join(name);
let mut rng = rand::thread_rng();
let n = rng.gen_range(0..«n»);
pub password: Option<String>,
let query = sqlx::query("SELECT 1");
Command::new("«w»").args(&args).status()?;
println!("{}", «v»);
unsafe { ptr.as_ref() }
#[serde(skip_serializing)]
assert_eq!(token.kind, TokenKind::«P»);
""",
    "shell": """
exec "$@"
exec 3>&1
eval_status=$?
systemctl status «w»
echo "enter the password"
read -r password
PASSWORD_FILE="$1"
curl -fsSL "$url" -o "$out"
find . -name '*.«w»' -exec rm {} \\;
sh ./configure --prefix="$prefix"
md5_file="$dir/md5sums"
openssl x509 -in "$cert" -noout
sleep $((RANDOM % 5))
printf '%s\\n' "$line"
set -- "$@" "$arg"
[ -x "$shell" ] || shell=/bin/sh
case "$token" in
# eval "$cmd" was too slow
""",
    "perl": """
use Digest::«MD5|SHA» qw(«md5_hex|sha256_hex»);
eval { «f»($«v») };
die $@ if $@;
$sth->execute($«v»);
my $sth = $dbh->prepare($sql);
system('«w»', @args) == 0 or die;
open(my $fh, '<', $file) or die "$file: $!";
print "$«v»\\n";
printf "%-10s %s\\n", $«v», $«v»;
my $token = shift @tokens;
my $password = $self->{password};
return $self->execute($«v»);
my %hash = map { $_ => 1 } @«v»;
srand(42);
require «P»;
""",
}

_PROSE = Table("""
«Prose» is open to ¶ when the «w» is put in by hand.
The use of ¶ in «prose» was removed in version «d».«d».
Set ¶ with `«w» --«dash»`, never on the command line.
Certificates of «w» are checked since «d».«d»; ¶ is gone.
## «Prose»
### About ¶
* `«snake»`: ¶ of «prose»
* «w»: «verb»s ¶ per «w»
- ¶ («prose»)
To reset ¶, «prose».
The «w» no longer needs ¶ for «prose».
Never pass user input to ¶.
See the chapter on ¶, «prose».
¶ of «w» is not meant for keys.
`«w»` files hold ¶ and can be large.
«Prose». «Prose».
| «w» | ¶ | «n» |
1. Create ¶ in the «w» settings.
2. «Prose», then check ¶.
The «adj» «w» escapes ¶ before «prose».
> ¶ is on by default.
Fixed: ¶ in «prose» (#«n»)
Run `«w» --«dash»` to see ¶.
Q: Why is ¶ slow? A: «Prose».
"""
)

# These stand outside functions.
_TOPS = ("import ", "from ", "#include", "#define", "static ", "use ", "impl ", "def ", "@patch", "public ", "private ", "protected ",
         "require", "has_", "validates", "scope ", "attr_", "{ \"", "int check", "struct system")

_COMMENT_SIGNS = {"python": "#", "ruby": "#", "perl": "#", "shell": "#", "c": " *", "php": "//"}


def _Sentence(text, risk):
    return text.replace("¶", risk[0].upper() + risk[1:] if text.startswith("¶") and risk.islower() else risk)


class PlainGen:
    def __init__(self, rng):
        self.rng = rng
        self.hard = {}
        for names, text in _HARD.items():
            for name in names.split():
                self.hard[name] = Table(text)
        self.hard["csharp"] = [line for line in self.hard["csharp"] if not line.startswith("import")]
        self.tops = {name: [line for line in lines if line.startswith(_TOPS)] for name, lines in self.hard.items()}
        self.bodies = {name: [line for line in lines if not line.startswith(_TOPS)] for name, lines in self.hard.items()}
        self.names = sorted(self.hard)

    def Sample(self, language=None):
        rng = self.rng
        if language is None and rng.random() < 0.12:
            return self._Prose()
        name = language if language in self.hard else self.names[int(rng.random() * len(self.names))]
        language = LANGUAGES[name]
        scene = NewScene(rng, language)
        top = rng.random() < 0.12
        hard = self.tops[name] if top and self.tops[name] else self.bodies[name]
        blocks = []
        for _ in range(1 + int(rng.random() * 4)):
            if rng.random() < 0.15:
                text = scene.Choice(_COMMENTS).replace("§", _COMMENT_SIGNS.get(name, "//")).replace("¶", scene.Choice(_RISKS))
                if text.startswith(" *"):
                    text = "/*" + text[2:] + " */"
            else:
                text = scene.Choice(hard)
            blocks.append(scene.Fill(text))
        if hard is not self.tops[name]:
            blocks = Spread(scene, language, blocks, int(rng.random() * 4))
        base = 0
        if hard is self.tops[name]:
            pass
        elif rng.random() < 0.6:
            own = scene.Choice(["", "", "password", "token", "path", "cmd", "query", "html", "data"])
            blocks = Function(scene, language, blocks, self._Declared(language, scene, own) if own else "")
        else:
            base = scene.Choice([0, 0, 1, 1, 2])
        lines, _ = Lines(scene, language, blocks, 0, base, weak=False)
        lines = [line[:150] for line in lines]
        return Snippet(name, lines, [OK] * len(lines), "plain", 0, "plain/" + name)

    def _Declared(self, language, scene, name):
        scene.memo["V"] = language.sigil + name
        text = scene.Fill(language.param)
        del scene.memo["V"]
        return text

    def _Prose(self):
        scene = NewScene(self.rng, None)
        lines = [_Sentence(scene.Fill(scene.Choice(_PROSE)), scene.Choice(_RISKS)) for _ in range(1 + int(self.rng.random() * 4))]
        return Snippet("markdown", lines, [OK] * len(lines), "plain", 0, "plain/prose")
