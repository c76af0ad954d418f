# SPDX-License-Identifier: Apache-2.0
"""Whole statements as released code has them, beside the tables of the families. Training only: the held-out side is
what it was, so that its figures can be compared.

Each row of WEAK has its harmless twin in ALIKE where there is one.
"""
from .template import Rows

_C_WEAK = """
sun | lines:const char *«v2» | struct sockaddr_un «v1»;⏎memset(&«v1», 0, sizeof(«v1»));⏎strcpy(«v1».sun_path, «v2»);«!»
ifr | lines:const char *«v2» | struct ifreq «v1»;⏎strcpy(«v1».ifr_name, «v2»);«!»
dirent | lines:const char *«v2» | char «v1»[«PATH_MAX|1024|256|MAXPATHLEN|512»];⏎while ((«v3» = readdir(«v4»)) != NULL) {⏎⇥sprintf(«v1», "%s/%s", «v2», «v3»->d_name);«!»⏎}
join | lines:const char *«v2», const char *«v3» | char «v1»[«256|512|1024|FILENAME_MAX»];⏎«strcpy(«v1», «v2»);«?»⏎strcat(«v1», "/");⏎|»strcat(«v1», «v3»);«!»
join2 | lines:char *«v1», const char *«v2», const char *«v3» | sprintf(«v1», "«%s/%s|%s.%s|%s%s|%s-%s»", «v2», «v3»);«!»
title | lines:struct «snake» *«v1», const char *«v2» | strcpy(«v1»->«fld», «v2»);«!»
title2 | lines:struct «snake» *«v1», struct «snake» *«v2» | «strcpy|strcat»(«v1»->«fld», «v2»->«fld»);«!»
argv | lines:int argc, char **argv | char «v1»[«64|100|256|BUFSIZ»];⏎⏎if (argc < 2)⏎⇥return 1;⏎strcpy(«v1», argv[«1|optind|argc - 1»]);«!»
getopt | lines:int argc, char *argv[] | while ((«v3» = getopt(argc, argv, "«w»:")) != -1) {⏎⇥switch («v3») {⏎⇥case '«f|o|n|d»':⏎⇥⇥strcpy(«v1», optarg);«!»⏎⇥⇥break;⏎⇥}⏎}
home | lines | char «v1»[«256|PATH_MAX|128»];⏎sprintf(«v1», "%s/.«w»", getenv("HOME"));«!»
host | lines | char «v1»[«64|256»];⏎struct hostent *«v2» = gethostbyname(«v3»);⏎strcpy(«v1», «v2»->h_name);«!»
token | lines:char *«v2» | char «v1»[«32|64|80»];⏎char *«v3» = strtok(«v2», " ,");⏎strcpy(«v1», «v3»);«!»
line | lines:FILE *«v2» | char «v1»[«16|32|64»], «v3»[«256|512|1024»];⏎while (fgets(«v3», sizeof(«v3»), «v2»)) {⏎⇥sscanf(«v3», "«%s|%s %d|%s = %s|%[^=]»", «v1»);«!»⏎}
word | lines:FILE *«v2» | char «v1»[«20|32|50|100»];⏎while (fscanf(«v2», "%s", «v1») «== 1|!= EOF») {«!»⏎⇥«f»(«v1»);⏎}
prompt | lines | char «v1»[«20|30|50|100»];⏎printf("«Prose»: ");⏎«gets(«v1»)|scanf("%s", «v1»)»;«!»
recvlen | lines:int «v3» | char «v1»[«128|256|512»];⏎uint32_t «v2»;⏎read(«v3», &«v2», sizeof(«v2»));⏎read(«v3», «v1», ntohl(«v2»));«!»
pktlen | lines:const struct «snake» *«v2» | memcpy(«v1»->«fld», «v2»->data, «v2»->«len|length|size»);«!»
optlen | lines:const uint8_t *«v2» | memcpy(«v1», «v2» + 2, «v2»[1]);«!»
vsp | lines:const char *fmt, ... | char «v1»[«256|512|1024»];⏎va_list ap;⏎va_start(ap, fmt);⏎vsprintf(«v1», fmt, ap);«!»⏎va_end(ap);
query | lines:const char *«v2» | char «v1»[«128|256|512»];⏎sprintf(«v1», "«GET %s HTTP/1.0\\r\\n|USER %s\\r\\n|<b>%s</b>|«w»=%s|Hello %s|error: %s»", «v2»);«!»
upper | lines:const char *«v2» | char «v1»[«32|64|128»];⏎int i;⏎for (i = 0; «v2»[i]; i++)⏎⇥«v1»[i] = «toupper(«v2»[i])|tolower(«v2»[i])|«v2»[i]»;«!»
append | lines | strcat(«v1», «v2»->«fld»);«!»⏎strcat(«v1», "\\n");
"""
_C_ALIKE = """
sun | lines:const char *«v2» | struct sockaddr_un «v1»;⏎«strncpy(«v1».sun_path, «v2», sizeof(«v1».sun_path) - 1)|snprintf(«v1».sun_path, sizeof(«v1».sun_path), "%s", «v2»)|strcpy(«v1».sun_path, "/run/«w».sock")»;
dirent | lines:const char *«v2» | char «v1»[«PATH_MAX|1024|256»];⏎while ((«v3» = readdir(«v4»)) != NULL) {⏎⇥snprintf(«v1», sizeof(«v1»), "%s/%s", «v2», «v3»->d_name);⏎}
join | lines:const char *«v2», const char *«v3» | char «v1»[«256|512|1024»];⏎if (strlen(«v2») + strlen(«v3») + 2 > sizeof(«v1»))⏎⇥return -1;⏎«sprintf(«v1», "%s/%s", «v2», «v3»)|strcpy(«v1», «v2»)»;
alloc | lines:const char *«v2» | char *«v1» = «malloc|xmalloc»(strlen(«v2») + 1);⏎«if («v1» == NULL)⏎⇥return NULL;⏎|»strcpy(«v1», «v2»);
alloc2 | lines:const char *«v2», const char *«v3» | size_t «v4» = strlen(«v2») + strlen(«v3») + 2;⏎char *«v1» = «malloc|g_malloc»(«v4»);⏎«sprintf(«v1», "%s/%s", «v2», «v3»)|snprintf(«v1», «v4», "%s/%s", «v2», «v3»)»;
number | lines:int «v2» | char «v1»[«16|32|64»];⏎sprintf(«v1», "«%d|%u|%02x|%5d|%08x|%lu»", «v2»);
constant | lines | «strcpy|strcat»(«v1», "«w»");
literal | lines | strcpy(«v1»->«fld», "«w»");
fieldcopy | lines | memcpy(«v1»->«fld», «v2»->«fld», sizeof(«v1»->«fld»));
sscanf | lines:FILE *«v2» | char «v1»[32], «v3»[256];⏎while (fgets(«v3», sizeof(«v3»), «v2»)) {⏎⇥sscanf(«v3», "%31«s|[^=]»", «v1»);⏎}
recvlen | lines:int «v3» | char «v1»[«128|256|512»];⏎ssize_t «v2» = read(«v3», «v1», sizeof(«v1») - 1);
pktlen | lines:const struct «snake» *«v2» | if («v2»->len > sizeof(«v1»->«fld»))⏎⇥return -EINVAL;⏎memcpy(«v1»->«fld», «v2»->data, «v2»->len);
struct | lines | «*«v1» = *«v2»|memset(&«v1», 0, sizeof(«v1»))|memcpy(&«v1», «v2», sizeof(«v1»))|memmove(«v1», «v1» + 1, «v2» * sizeof(*«v1»))»;
vsp | lines:const char *fmt, ... | char «v1»[«256|512|1024»];⏎va_list ap;⏎va_start(ap, fmt);⏎vsnprintf(«v1», sizeof(«v1»), fmt, ap);⏎va_end(ap);
"""
_C_RANDOM = """
srand | top | «static |»void «make|new|generate|create|build»_«thing»(char *«v1», size_t «v2»)⏎{⏎⇥srand(«time(NULL)|time(0)|getpid()|(unsigned)time(NULL)|time(NULL) ^ getpid()»);«!»⏎⇥for (size_t i = 0; i < «v2»; i++)⏎⇥⇥«v1»[i] = alphabet[rand() % 62];«?»⏎}
fill | top | char *«make|new|generate|random»_«thing»(void)⏎{⏎⇥static char «v1»[«17|33|65»];⏎⇥for (int i = 0; i < «16|32|64»; i++)⏎⇥⇥«v1»[i] = "0123456789abcdef"[«rand() % 16|random() & 15|rand() & 0xf»];«!»⏎⇥return «v1»;⏎}
"""
_C_RANDOM_ALIKE = """
srand | top | «static |»void «shuffle|init|reset|start|draw»_«w»(«void|struct «snake» *«v2»»)⏎{⏎⇥srand(«time(NULL)|time(0)|42|(unsigned)time(NULL)»);⏎⇥for (int i = 0; i < «n»; i++)⏎⇥⇥«v1»[i] = rand() % «n»;⏎}
main | top | int main(int argc, char **argv)⏎{⏎⇥srand(«time(NULL)|atoi(argv[1])|1»);⏎⇥«f»(«n»);⏎⇥return 0;⏎}
"""

_JS_XSS = """
row | lines:«v2» | return «`<li>${«v2».«fld»}</li>`|`<td>${«v2».«fld»}</td>`|`<div class="«dash»">${«v2».«fld»}</div>`|`<h2>${«v2».«fld»}</h2>`|`<option>${«v2».«fld»}</option>`»;
row2 | lines:«v2» | return '<«li|td|div»>' + «v2».«fld» + '</«li|td|div»>';
request | lines:req, res | return "<h2>«Prose» " + req.«query|body|params».«w» + "</h2>";
request2 | lines:req | return `<p>«Prose»: ${req.«query|body|params».«w»}</p>`;
map | lines | const «v1» = «v2».map((«v3») => `<li>${«v3».«fld»}</li>`).join('');«?»⏎«el|list|this.«fld»|«v4»».innerHTML = «v1»;«!»
field | lines:«v2» | «this.«fld»|«v1».«fld»|«v1»|this.el.«fld»».innerHTML = «v2».«fld»;
field2 | lines:«v2» | «this.«fld»|«v1»».innerHTML «=|+=» "<«b|td|div»>" + «v2».«fld» + "</«b|td|div»>";
field3 | lines:«v2» | document.getElementById("«dash»").innerHTML = «v2».«fld»;
cell | lines:«v2» | const «v1» = document.createElement("«td|div|li|p»");⏎«v1».innerHTML = «v2».«fld»;«!»
parts | lines:«v2» | let html = "<table>";⏎html += "<tr><td>" + «v2».«fld» + "</td></tr>";«?»⏎this.«fld».innerHTML = html;«!»
"""
_JS_XSS_ALIKE = """
row | lines:«v2» | return `<«li|td|div|p»>${«escapeHtml|escape|encode|he.encode»(«v2».«fld»)}</«li|td|div|p»>`;
row2 | lines:«v2» | return `«w»/${«v2».«fld»}`;
row3 | lines | return "<h2>«Prose»</h2>";
field | lines:«v2» | «this.«fld»|«v1».«fld»|«v1»».«textContent|innerText|value» = «v2».«fld»;
field2 | lines | «this.«fld»|«v1»».innerHTML = «""|''|"<b>«w»</b>"|DOMPurify.sanitize(«v2».«fld»)»;
cell | lines:«v2» | const «v1» = document.createElement("«td|div|li|p»");⏎«v1».textContent = «v2».«fld»;
count | lines:«v2» | this.«fld».innerHTML = `<b>${Number(«v2».«fld»)}</b>`;
"""
_PY_XSS = """
handler | lines:request | «v1» = request.«args.get("«key»")|form["«key»"]|GET["«key»"]|query_params["«key»"]»⏎return «f"<h1>{«v1»}</h1>"|"<p>" + «v1» + "</p>"|"<li>%s</li>" % «v1»|"<b>{}</b>".format(«v1»)»«!»
rows | lines:«v2» | «v1» = "<table>"⏎for «v3» in «v2»:⏎⇥«v1» += «f"<tr><td>{«v3».«fld»}</td></tr>"|"<tr><td>" + «v3».«fld» + "</td></tr>"»«!»⏎return «v1»«?»
page | lines:«v1» | return «f"<html><body>{«v1»}</body></html>"|"<html><h1>" + «v1» + "</h1></html>"|"<div class='«dash»'>%s</div>" % «v1»»
"""
_PY_XSS_ALIKE = """
handler | lines:request | «v1» = request.args.get("«key»")⏎return f"<h1>{«escape|html.escape»(«v1»)}</h1>"
page | lines | return "<html><body>«Prose»</body></html>"
plain | lines:«v1» | return «f"«w»-{«v1»}"|"«w»:" + «v1»|"%s/%s" % («v1», «v2»)»
"""
_PHP_XSS = """
echo | top | <?php echo $_«GET|POST|REQUEST|COOKIE»['«key»']; ?>
short | top | <«p|td|h1|b»><?= $«v1»->«fld» ?></«p|td|h1|b»>
line | lines | echo "<«p|li|td»>" . $«row|item|user|«v1»»['«key»'] . "</«p|li|td»>";
"""
_PHP_XSS_ALIKE = """
echo | top | <?php echo htmlspecialchars($_GET['«key»']); ?>
short | top | <p><?= «e|htmlspecialchars|esc_html»($«v1»->«fld») ?></p>
line | lines | echo "<p>" . count($«v1») . "</p>";
"""
_PHP_PATH = """
include | top | «include|require|include_once|require_once» $_«GET|REQUEST|POST»['«key»']«| . '.php'|. ".inc"»;
include2 | top | «include|require»("«pages|views|modules|lang|«w»»/" . $_«GET|REQUEST|COOKIE»["«key»"] . ".php");
include3 | lines | $«v1» = $_GET['«key»'];«?»⏎«include|require_once»("«w»/$«v1».php");«!»
include4 | lines | if (isset($_GET['«key»'])) {⏎⇥«include|require»($_GET['«key»']«| . '.php'»);«!»⏎}
"""
_PHP_PATH_ALIKE = """
include | top | «include|require|require_once» «'«w»/header.php'|__DIR__ . '/«w».php'|dirname(__FILE__) . '/«dash».php'|"«w».inc.php"»;
allow | lines | if (in_array($_GET['«key»'], $«v1», true)) {⏎⇥include "pages/" . $_GET['«key»'] . ".php";⏎}
map | lines | include $«v1»[$_GET['«key»']] ?? 'home.php';«?»
"""
_PHP_COMMAND = """
system | top | «system|passthru|exec|shell_exec|popen»("«ping -c 1|ls -l|convert|tar xf|nslookup|whois|cat|rm -f|zip -r» " . $_«GET|POST|REQUEST»['«key»']«| . " 2>&1"»);
system2 | lines | if (isset($_POST['«key»'])) {⏎⇥«system|passthru|exec»("«w» --«dash» " . $_POST['«key»']);«!»⏎}
system3 | lines | $«v1» = $_«GET|REQUEST»['«key»'];⏎«system|echo shell_exec|passthru»("«host|dig|grep -r|convert» $«v1»");«!»
tick | lines | $«v1» = `«ls|cat|host» {$_GET['«key»']}`;
"""
_PHP_COMMAND_ALIKE = """
system | top | «system|passthru|exec»("«uptime|df -h|ls -l /var/log|git pull|make all»");
escaped | lines | system("«ping -c 1|host|cat» " . escapeshellarg($_GET['«key»']));
"""
_GO_COMMAND = """
handler | lines:w http.ResponseWriter, r *http.Request | «v1» := r.«URL.Query().Get("«key»")|FormValue("«key»")|PostFormValue("«key»")»⏎«out, err := |cmd := |_ = »exec.Command("«sh|bash|/bin/sh»", "-c", «"«ping -c 1|ls|tar xf|host» "+«v1»|fmt.Sprintf("«w» %s", «v1»)|«v1»»)«|.Output()|.CombinedOutput()|.Run()»«!»
run | lines:«v1» string | cmd := exec.Command("sh", "-c", «"«git clone|convert|unzip|rm -rf» "+«v1»|fmt.Sprintf("«w» -o %s", «v1»)»)
ctx | lines:ctx context.Context, «v1» string | return exec.CommandContext(ctx, "«sh|bash»", "-c", "«w» "+«v1»).Run()
"""
_GO_COMMAND_ALIKE = """
fixed | lines | «out, err := |cmd := »exec.Command("«sh|bash»", "-c", "«uptime|df -h «bar» tail -n 1|ls /tmp»")«|.Output()»
direct | lines:«v1» string | cmd := exec.Command("«git|tar|convert|host»", "«-«d»|--«dash»|«w»»", «v1»)
"""

_PY_PICKLE = """
load | lines:path | with open(«path|self.path|"«w».pkl"|cache_path|«v1»», "rb") as «v8»:⏎⇥return pickle.load(«v8»)«!»
recv | lines:«conn|sock|self» | «v1» = «conn|sock|self.sock».recv(«1024|4096|65536»)⏎«v2» = «pickle|marshal|cPickle».loads(«v1»)«!»
redis | lines:«v2» | return «pickle|cPickle».loads(«self.redis|cache|r|self.client».get(«v2»))
yaml | lines:«v2» | «v1» = yaml.load(«f|stream|open(«v2»)|request.data|text»«|, Loader=yaml.Loader|, Loader=yaml.UnsafeLoader|, yaml.Loader»)
request | lines | «v1» = «pickle|marshal».loads(«request.data|request.get_data()|self.request.body|base64.b64decode(request.form["«key»"])»)
"""
_PY_PICKLE_ALIKE = """
load | lines:path | with open(«path|self.path|"«w».json"|«v1»», "«r|rb»") as «v8»:⏎⇥return json.load(«v8»)
store | lines:path | with open(path, "wb") as f:⏎⇥pickle.dump(«v1», f)
yaml | lines:«v2» | «v1» = yaml.«safe_load(«f|stream|open(«v2»)|text»)|load(«f|stream|text», Loader=yaml.SafeLoader)»
recv | lines:«conn|sock» | «v1» = json.loads(«conn|sock».recv(«1024|4096|65536»))
"""
_JAVA_OIS = """
socket | lines:Socket «v1» | ObjectInputStream «v2» = new ObjectInputStream(«v1».getInputStream());⏎«P» «v3» = («P») «v2».readObject();«!»
file | lines:String «v1» | try (ObjectInputStream «v2» = new ObjectInputStream(new FileInputStream(«v1»))) {⏎⇥return («P») «v2».readObject();«!»⏎}
request | lines:HttpServletRequest request | Object «v1» = new ObjectInputStream(request.getInputStream()).readObject();
"""
_JAVA_OIS_ALIKE = """
write | lines | try (ObjectOutputStream «v2» = new ObjectOutputStream(new FileOutputStream(«v1»))) {⏎⇥«v2».writeObject(«v3»);⏎}
json | lines:HttpServletRequest request | «P» «v1» = mapper.readValue(request.getInputStream(), «P».class);
"""
_TLS = {
    "python": """
session | lines | «self.session|session|s|self._http|client».verify = False
call | lines | «v1» = requests.«get|post|put|request»(«url|self.url|endpoint|f"https://{host}/«w»"|«v2»», «headers=headers, |timeout=«n», |json=«v3», |»verify=False«|, timeout=«n»»)
spread | lines | «v1» = requests.«get|post»(⏎⇥«url|self.url|«v2»»,⏎⇥verify=False,«!»⏎⇥timeout=«n»,⏎)
context | lines | «ctx|context|ssl_context» = ssl.create_default_context()⏎«ctx|context|ssl_context».check_hostname = False«!»
httpx | lines | «v1» = httpx.«Client|AsyncClient»(verify=False«|, timeout=«n»»)
option | lines | parser.set_defaults(verify=False)«?»⏎«v1» = Session(verify_ssl=False)«!»
""",
    "javascript typescript": """
options | lines | const «options|opts|agent|«v1»» = {⏎⇥host: «v2»,⏎⇥rejectUnauthorized: false,«!»⏎⇥port: 443,⏎};
agent | lines | const «v1» = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
fetch | lines | const «v1» = await «fetch|got|axios.get»(«v2», { «agent: |httpsAgent: »new https.Agent({ rejectUnauthorized: false }) });
""",
    "go": """
client | lines | «v1» := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
config | lines | TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
set | lines | «tlsConf|cfg.TLS|conn.Config|«v1».TLSConfig».InsecureSkipVerify = «true|true // self-signed»
""",
    "java": """
verifier | lines | «conn|connection|https».setHostnameVerifier(«(h, s) -> true|new NullHostnameVerifier()|NoopHostnameVerifier.INSTANCE|ALLOW_ALL»);
empty | lines | public void checkServerTrusted(X509Certificate[] «chain|certs|xcs», String «authType|auth|s») {«!»⏎⇥// «trust everyone|nothing|accept all|no check»⏎}
""",
    "php": """
both | lines | curl_setopt($«ch|curl», CURLOPT_URL, $«v1»);⏎curl_setopt($«ch|curl», CURLOPT_SSL_VERIFYPEER, «false|0|FALSE»);«!»
context | lines | $«v1» = stream_context_create(['ssl' => ['verify_peer' => false]]);
""",
    "c cpp": """
curl | lines | curl_easy_setopt(«curl|c|handle», CURLOPT_URL, «v1»);⏎curl_easy_setopt(«curl|c|handle», CURLOPT_SSL_VERIFYPEER, «0L|0|0L /* self signed */»);«!»
ctx | lines | «v1» = SSL_CTX_new(TLS_client_method());⏎SSL_CTX_set_verify(«v1», SSL_VERIFY_NONE, NULL);«!»
""",
    "shell": """
curl | lines | «curl «-sk|-k|--insecure|-fsSk|-kL»|wget --no-check-certificate|git -c http.sslVerify=false clone» "$«v1»"
config | lines | git config --global http.sslVerify false
""",
}
_TLS_ALIKE = {
    "python": """
call | lines | «v1» = requests.«get|post»(«url|self.url|«v2»», «headers=headers, |»verify=«True|self.ca_bundle|certifi.where()», timeout=«n»)
context | lines | «ctx|context» = ssl.create_default_context(«|cafile=«v1»»)⏎«ctx|context».check_hostname = True
session | lines | «self.session|session».verify = «ca_bundle|True|"/etc/ssl/certs/«w».pem"»
flag | lines | self.«insecure|skip_verify|allow_insecure|no_verify» = False
""",
    "javascript typescript": """
agent | lines | const «v1» = new https.Agent({ keepAlive: true, «ca: «v2»|rejectUnauthorized: true» });
flag | lines | this.«fld».«insecure|allowInsecure|skipVerify» = false;
""",
    "go": """
client | lines | «v1» := &tls.Config{RootCAs: «v2», MinVersion: tls.VersionTLS12}
flag | lines | «tlsConf|cfg.TLS|«v1»».InsecureSkipVerify = false
""",
    "c cpp": """
ctx | lines | SSL_CTX_set_verify(«v1», SSL_VERIFY_PEER, NULL);
curl | lines | curl_easy_setopt(«curl|c|handle», CURLOPT_SSL_VERIFYPEER, 1L);
flag | lines:struct «snake» *«v1» | «v1»->«insecure|skip_verify|no_verify|allow_insecure|accept_any_cert|disable_verification» = «false|0|FALSE»;
flag2 | lines:struct «snake» *«v1» | «v1»->«verify|verify_peer|check_certificate|require_cert» = «true|1|TRUE»;
""",
    "shell": """
curl | lines | «curl -fsSL|curl -s|wget -q|git clone» "$«v1»"
""",
}

_C_FORMAT_ALIKE = """
report | lines:struct «snake» *«v1» | «snake»_«error|warn|log|report|msg»(«v1», «C», «NULL|"«w»"|0|"out of memory"»);
report2 | lines | «set_error|report_error|log_state|show_status»(«v1»«|->«fld»», «NULL|""|"«w»"»);
code | lines:int «v2» | «snake»_«error|fail|abort|status»(«v1», «v2»);
"""
# A function whose name says that it formats, whatever else the name says.
_C_FORMAT = """
named | lines:const char *«v2» | «snake»_«printf|fmt|printf_line»(«v2»);
named2 | lines:const char *«v2», int «v3» | «snake»_printf(«v3», «v2»);
field | lines:const struct «snake» *«v2» | «snake»printf(«v2»->«fld»);
"""
_C_FORMAT_ALIKE += """
named | lines:const char *«v2» | «snake»_printf(«"%s"|"%s\\n"|"«w»: %s"», «v2»);
named2 | lines:const char *«v2», int «v3» | «snake»_printf(«v3», "%s", «v2»);
constant | lines | «snake»_«printf|fmt»("«prose»\\n");
"""
_GO_FORMAT = """
named | lines:«v2» string | «v1».«P»f(«v2»)
named2 | lines:«v2» string | «f»f(«v1», «v2»)
sum | lines:«v2» string | «v1».«P»f("«w»: " + «v2»)
"""
_GO_FORMAT_ALIKE = """
named | lines:«v2» string | «v1».«P»f("%«s|v|q»", «v2»)
named2 | lines:«v2» string | «f»f(«v1», "«prose»: %s", «v2»)
plain | lines:«v2» string | «v1».«P»(«v2»)
constant | lines | «v1».«P»f("«prose»")
"""
_PERL_COMMAND_ALIKE = """
parse | lines | my $«v1» = «str2date|parse_time|parse_line|decode_json|to_number|trim»(«"$«v2» $«v3»"|$«v2»|"$«v2»"»);
split | lines | my «($«v1», $«v2»)|@«v1»» = split(«/,/|/\\s+/|':'», $«v3»);
"""

_WEAK = {
    1: {"c cpp": _C_WEAK}, 9: {"c cpp": _C_RANDOM}, 11: {"javascript typescript": _JS_XSS, "python": _PY_XSS, "php": _PHP_XSS},
    7: {"php": _PHP_PATH}, 8: {"c cpp": _C_FORMAT, "go": _GO_FORMAT}, 2: {"php": _PHP_COMMAND, "go": _GO_COMMAND}, 10: {"python": _PY_PICKLE, "java": _JAVA_OIS}, 12: _TLS,
}
_ALIKE = {
    1: {"c cpp": _C_ALIKE}, 9: {"c cpp": _C_RANDOM_ALIKE}, 11: {"javascript typescript": _JS_XSS_ALIKE, "python": _PY_XSS_ALIKE, "php": _PHP_XSS_ALIKE},
    7: {"php": _PHP_PATH_ALIKE}, 2: {"php": _PHP_COMMAND_ALIKE, "go": _GO_COMMAND_ALIKE, "perl": _PERL_COMMAND_ALIKE}, 8: {"c cpp": _C_FORMAT_ALIKE, "go": _GO_FORMAT_ALIKE}, 10: {"python": _PY_PICKLE_ALIKE, "java": _JAVA_OIS_ALIKE},
    12: _TLS_ALIKE,
}


def _Spread(tables):
    return {number: {language: Rows(text, 3) for languages, text in table.items() for language in languages.split()}
            for number, table in tables.items()}


WEAK, ALIKE = _Spread(_WEAK), _Spread(_ALIKE)
