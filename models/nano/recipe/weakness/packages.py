# SPDX-License-Identifier: Apache-2.0
"""Weak lines in the shapes of released packages, servers, command lines, daemons and parsers: values kept in properties, prototypes,
promises, pieces joined before, old and new styles. Training only; rows as in natural.py, each with harmless twins of the same shape.

Beside the placeholders of template.py a row may hold §words§: a name out of a list, the same one in the whole row, or one of the texts
below. A row with names makes two rows, with other names.
"""
import re

_NAMES = {
    "cb": "callback cb done next fn".split(), "cmd": "cmd command cmdLine line shellCmd str".split(), "o": "opts options config settings params".split(),
    "self": "self that _this me".split(), "file": "file filename filePath fname target name".split(), "out": "stdout out output result".split(),
    "url": "url uri link href endpoint".split(), "host": "host ip address target hostname addr".split(), "root": "root dir base publicDir baseDir folder".split(),
    "path": "pathname urlPath filePath reqPath".split(), "html": "html out markup str buffer content".split(), "src": "src source code text body str".split(),
    "sql": "sql query q statement stmt".split(), "id": "id name key email login uid".split(), "text": "text title label name caption value".split(),
    "buf": "buf buffer tmp line path str".split(), "msg": "msg message text reason err_str line".split(), "pw": "password pass passwd pwd secret".split(),
    "in": "in src input s str arg".split(), "pkt": "pkt packet data frame p msg".split(), "len": "len length size n count nbytes".split(),
    "fd": "fd sock sockfd client conn s".split(), "C": "Client Wrapper Runner Tool Driver Manager".split(), "e": "err e error er".split(),
    "kk": "key iv salt secret".split(), "ck": "profile session user state".split(), "prop": "path repo dir target host".split(), "slug": "name file slug page".split(), "px": "run execAsync execP sh pexec".split(),
    "entry": "entry file header item".split(), "dest": "dest outDir target dir output".split(), "tok": "token sessionId nonce secret resetToken csrf".split(),
}
_TEXTS = {
    "EX": "«exec|child_process.exec|cp.exec|childProcess.exec|require('child_process').exec»",
    "EXS": "«execSync|child_process.execSync|cp.execSync|shell.exec|shelljs.exec»",
    "EF": "«execFile|child_process.execFile|cp.execFile»",
    "TOOL": "«git clone|git log -1 --format=%H|curl -s|convert|identify|ping -c 1|ffmpeg -i|tar xzf|unzip -o|ps -o pid= -p|lsof -i|kill -9|adb -s|pdftotext|wkhtmltopdf|"
            "dig +short|whois|npm install|docker inspect|du -sk|nmap -sP|say|open|arp -n|netstat -p|xdg-open|mediainfo|gs -q|file -b|which|rm -rf|chmod 755|svn info|hg log»",
    "BIN": "«git|curl|convert|identify|ping|ffmpeg|tar|unzip|ps|lsof|adb|pdftotext|wkhtmltopdf|dig|whois|npm|docker|nmap|mediainfo|gs»",
    "FLAG": "«--quiet|-v|--json|-n|-q|--format=json|--no-color|-r|--raw|-a»",
    "REQ": "«req.query|req.body|req.params|ctx.query|request.query|ctx.request.body»",
    "DB": "«db|connection|pool|client|conn|mysql|this.db|self.connection|knex»",
    "TAG": "«li|td|div|p|span|h1|h2|b|option|strong»",
    "RND": "Math.random()",
    "MD": "«md5|sha1»",
}


def _Named(text):
    """The rows with texts and names put in; those with names twice."""
    out = []
    for i, line in enumerate(text.strip("\n").split("\n")):
        line = re.sub(r"§([A-Z]+)§", lambda m: _TEXTS.get(m.group(1), m.group(0)), line)
        lines = [re.sub(r"§(\w+)§", lambda m, k=k: _NAMES[m.group(1)][(i + k) % len(_NAMES[m.group(1)])], line) for k in (i, 2 * i + 1)]
        out += list(dict.fromkeys(lines))
    return "\n".join(out)


def _Written(tables):
    """All tables with texts and names put in."""
    return {number: {languages: _Named(text) for languages, text in table.items()} for number, table in tables.items()}


# ---- commands

_COMMAND_JS = r"""
kept | top | function §C§(§o§) {⏎⇥this.§prop§ = §o§.§prop§;⏎⇥this.«w1» = §o§.«w1»;⏎}⏎⏎§C§.prototype.«f» = function (§cb§) {⏎⇥§EX§('§TOOL§ ' + this.§prop§, §cb§);«!»⏎};
selfopts | top | §C§.prototype.«f» = function(«w1», §cb§) {⏎⇥var §self§ = this;⏎⇥var §cmd§ = '§TOOL§ ' + «w1» + ' ' + §self§.options.«w»;⏎⇥§EX§(§cmd§, function(§e§, §out§, stderr) {«!»⏎⇥⇥if (§e§) return §cb§(§e§);⏎⇥⇥§cb§(null, §out§.«toString|trim»());⏎⇥});⏎};
exportsfn | top | «exports|module.exports».«f» = function («v1», §o§, §cb§) {⏎⇥«var|let|const» §cmd§ = '§TOOL§ ' + «v1» + ' ' + §o§.«fld»;⏎⇥«child_process.exec|exec|cp.exec»(§cmd§, { «cwd: §o§.cwd|maxBuffer: 1024 * «n»|encoding: 'utf8'» }, §cb§);«!»⏎};
promised | lines:«v1», §o§ | return new Promise«<string>|»((resolve, reject) => {⏎⇥«exec|child_process.exec|cp.exec»(`§TOOL§ ${«v1»}`, (§e§, §out§) => {«!»⏎⇥⇥if (§e§) «return reject(§e§);|{ reject(§e§); return; }»⏎⇥⇥resolve(§out§«|.trim()|.split('\n')»);⏎⇥});⏎});
promisedES5 | top | module.exports = function («v1») {⏎⇥return new Promise(function (resolve, reject) {⏎⇥⇥§EX§('§TOOL§ "' + «v1» + '"', function (§e§, §out§) {«!»⏎⇥⇥⇥§e§ ? reject(§e§) : resolve(§out§)⏎⇥⇥})⏎⇥})⏎}
promisify | top | const §px§ = «util.promisify|promisify»(«require('child_process').exec|exec|cp.exec»);⏎⏎«export async function|async function» «f»(«camel1») {⏎⇥const { stdout } = await §px§(`§TOOL§ ${«camel1»}`);«!»⏎⇥return stdout«.trim()|.split(/\r?\n/)|»;⏎}
joined | lines:§file§, §o§, §cb§ | var args = ['«convert|ffmpeg|identify|gm|pdftk|unoconv»', §o§.«w1», §file§];⏎if (§o§.«w2») args.push('-«w2»', §o§.«w2»);⏎«exec|child_process.exec|cp.exec»(args.join(' '), §cb§);«!»
multiline | lines:«v1», «v2» | §EXS§(`«docker run --rm|rsync -az|openssl req|ffmpeg -y» \⏎⇥--«w» ${«v1»} \⏎⇥--output ${«v2»}`«, { stdio: 'inherit' }|»)«;|»«!»
multiplus | lines:§o§, §cb§ | var §cmd§ = '«ffmpeg|convert|curl|mysqldump» '«?»⏎⇥+ '-«w» ' + §o§.«w1»«?»⏎⇥+ ' ' + §o§.«w2»;«?»⏎«exec|child_process.exec»(§cmd§, §cb§);«!»
shelltrue | lines:«v1», «v2» | «const|var|let» «child|proc|p|ps» = «spawn|child_process.spawn|cp.spawn»(«`§BIN§ ${«v1»}`, { shell: true }|'§BIN§ ' + «v1», [], { shell: true, stdio: 'inherit' }|'§BIN§', [«v1», §o§], { shell: true }»);
spawnsh | lines:«v1», §cb§ | «var|const» child = spawn('«sh|/bin/sh|bash|cmd»', ['«-c|-lc|/c»', '§TOOL§ ' + «v1»]);«!»⏎child.stdout.on('data', function (chunk) {⏎⇥§cb§(null, chunk.toString());⏎});⏎child.on('error', §cb§);
cli | top | #!/usr/bin/env node⏎«const|var» «program|argv|args» = require('«yargs|minimist|commander»');⏎«const|var» §file§ = process.argv[2];⏎§EXS§('§TOOL§ ' + §file§);«!»
cliargs | top | «const|let|var» [,, §file§, §out§] = process.argv;⏎«console.log|console.error»('«prose»');⏎§EXS§(`§TOOL§ ${§file§} > ${§out§}`, { stdio: 'inherit' })«!»
platform | lines:pid, §cb§ | if (process.platform === 'win32') {⏎⇥exec('«taskkill /T /F /PID|tasklist /FI "PID eq» ' + pid, §cb§);«!»⏎} else {⏎⇥«process.kill(pid);|§cb§(null, false);»⏎}
port | lines:port, §cb§ | «exec|child_process.exec|cp.exec»('«lsof -t -i:|lsof -i tcp:|fuser -k |netstat -ano «bar» findstr »' + port«| + '«"| «bar» head -1»'», function (§e§, §out§) {«!»⏎⇥if (§e§) return §cb§(§e§);⏎⇥§cb§(null, §out§.split('\n'));⏎});
commafirst | lines:«v1», §cb§ | var §cmd§ = '§TOOL§ ' + «v1»⏎⇥, §o§ = { timeout: «n» }«?»⏎⇥, started = Date.now()⏎⏎exec(§cmd§, §o§, function (§e§, §out§) {«!»⏎⇥§cb§(§e§, §out§, Date.now() - started)⏎})
route | top | app.«get|post»('/«w»', «|async »(req, res) => {⏎⇥const { «w1» } = §REQ§;⏎⇥exec(`§TOOL§ ${«w1»}`, (§e§, §out§) => {«!»⏎⇥⇥if (§e§) return res.status(500).send(§e§.message);⏎⇥⇥res.send(§out§);⏎⇥});⏎});
httpurl | top | http.createServer(function (req, res) {⏎⇥var «w1» = url.parse(req.url, true).query.«w»;⏎⇥«exec|child_process.exec»('§TOOL§ ' + «w1», function (§e§, §out§) {«!»⏎⇥⇥res.end(§out§);⏎⇥});⏎}).listen(«n»);
chained | lines:§o§ | return «execa.command|execa.shell|shell.exec|sh.exec|zx.$»(«`§TOOL§ ${§o§.«fld»}`|'§TOOL§ ' + §o§.«fld»»)⏎⇥.then(res => res.stdout)⏎⇥.catch(() => null);
replaced | lines:«v1», §cb§ | var §cmd§ = «'§BIN§ %s -o %s'|'§BIN§ {file}'|this.template»«.replace('%s', «v1»)|.replace('{file}', «v1»)»;«?»⏎«exec|cp.exec»(§cmd§, { «cwd: this.cwd|timeout: «n»|env: process.env» }, §cb§);«!»
format | lines:«v1», §o§, §cb§ | var §cmd§ = util.format('§BIN§ -«w» %s %s', «v1», §o§.«fld»);⏎«debug|log|console.log»('«w» %s', §cmd§);⏎child_process.exec(§cmd§, §cb§);«!»
mapped | lines:§o§, §cb§ | const flags = Object.keys(§o§).map(k => `--${k}=${§o§[k]}`).join(' ');⏎const §out§ = §EXS§(`§BIN§ ${flags}`);«!»⏎«§cb§(null, §out§.toString());|return §out§.toString();»
gitref | lines:«v1», §cb§ | «exec|cp.exec»('git «log|diff --name-only|rev-list|checkout|show|blame|tag» ' + («v1» || 'HEAD') + '«| --pretty=format:%h|..HEAD| -- .»', { cwd: «this.cwd|process.cwd()|dir» }, §cb§);«!»
tsclass | top | export class «P1»§C§ {⏎⇥private «readonly |»«camel1»: string;⏎⏎⇥constructor(«camel1»: string) {⏎⇥⇥this.«camel1» = «camel1»;⏎⇥}⏎⏎⇥public «async |»«f»(): Promise<string> {⏎⇥⇥return execSync(`§TOOL§ ${this.«camel1»}`).toString();«!»⏎⇥}⏎}
objmethod | top | module.exports = {⏎⇥«f»: function (§host§, §cb§) {⏎⇥⇥exec('«ping -c 3|traceroute|nslookup|arp -a|wakeonlan|snmpget» ' + §host§, function (§e§, §out§, stderr) {«!»⏎⇥⇥⇥§cb§(§e§ || stderr, §out§);⏎⇥⇥});⏎⇥}⏎};
wifi | lines:§o§, §cb§ | «const|var» commands = ['nmcli -w 10 device wifi connect "' + §o§.«ssid|name» + '"'];«?»⏎«if (§o§.password) commands.push('password "' + §o§.password + '"');|commands.push(§o§.iface);»«?»⏎exec(commands.join(' '), §cb§);«!»
"""
_COMMAND_JS_ALIKE = r"""
kept | top | function §C§(§o§) {⏎⇥this.§prop§ = §o§.§prop§;⏎⇥this.«w1» = §o§.«w1»;⏎}⏎⏎§C§.prototype.«f» = function (§cb§) {⏎⇥§EF§('§BIN§', ['--', this.§prop§], §cb§);⏎};
selfopts | top | §C§.prototype.«f» = function(«w1», §cb§) {⏎⇥var §self§ = this;⏎⇥var args = ['--«w»', '--', «w1»];⏎⇥§EF§('§BIN§', args, function(§e§, §out§, stderr) {⏎⇥⇥if (§e§) return §cb§(§e§);⏎⇥⇥§cb§(null, §out§.trim());⏎⇥});⏎};
exportsfn | top | exports.«f» = function («v1», §o§, §cb§) {⏎⇥var args = ['-«w»', String(«v1»)];⏎⇥child_process.execFile('§BIN§', args, { maxBuffer: 1024 * «n» }, §cb§);⏎};
promised | lines:«v1» | return new Promise((resolve, reject) => {⏎⇥«execFile|cp.execFile»('§BIN§', ['-«w»', «v1»], (§e§, §out§) => {⏎⇥⇥if (§e§) return reject(§e§);⏎⇥⇥resolve(§out§);⏎⇥});⏎});
promisedfixed | lines:§o§ | return new Promise((resolve, reject) => {⏎⇥exec('«git rev-parse HEAD|node --version|uname -a|npm root -g|xcode-select -p|lsb_release -a»', «{ cwd: §o§.cwd }, |»(§e§, §out§) => {⏎⇥⇥if (§e§) return reject(§e§);⏎⇥⇥resolve(§out§.trim());⏎⇥});⏎});
promisify | top | const §px§ = «util.promisify|promisify»(«require('child_process').execFile|execFile|cp.execFile»);⏎⏎async function «f»(«camel1») {⏎⇥const { stdout } = await §px§('§BIN§', ['--', «camel1»]);⏎⇥return stdout.trim();⏎}
joined | lines:§file§, §o§, §cb§ | var args = ['-«w»', '«n»', '--', §file§];⏎if (§o§.«w2») args.push('-«w2»');⏎§EF§('«convert|ffmpeg|identify|gm|pdftk»', args, §cb§);
joinedlog | lines:§file§, args | «debug|console.log|this.log»('§BIN§ ' + args.join(' '));⏎return «spawn|spawnSync|cp.spawn»('§BIN§', args, { stdio: 'inherit' });
multiline | lines | §EXS§(`«docker compose up|npm run build|openssl rand 16|tsc -p .» \⏎⇥--«w»`«, { stdio: 'inherit' }|»);
shellfalse | lines:«v1» | «const|var» «child|proc|p» = «spawn|child_process.spawn|cp.spawn»('§BIN§', ['-«w»', «v1»]«|, { shell: false }|, { stdio: 'inherit', cwd: process.cwd() }»);
shellconst | lines | const child = spawn('«npm run «w» && npm test|make «w»|ls -la «bar» wc -l»', { shell: true, stdio: 'inherit' });
spawnsh | lines:«v1», §cb§ | «var|const» child = spawn('sh', ['-c', '«cat "$1" «bar» wc -l|exec "$1"|du -sk "$1"»', 'sh', «v1»]);⏎child.stdout.on('data', function (chunk) {⏎⇥§cb§(null, chunk.toString());⏎});
cli | top | #!/usr/bin/env node⏎«const|var» §file§ = process.argv[2];⏎const «v1» = «child_process.|»execFileSync('§BIN§', [§file§], { stdio: 'inherit' });
checked | lines:§host§, §cb§ | if (!/^[a-z0-9.-]+$/i.test(§host§) «bar»«bar» §host§[0] === '-') {⏎⇥return §cb§(new Error('«prose»'));⏎}⏎exec('«ping -c 1|dig +short|nslookup» ' + §host§, §cb§);
ipchecked | lines:§host§, §cb§ | if (!net.isIP(§host§)) return §cb§(new TypeError('«prose»'));⏎exec('«ping -c 1|traceroute|arp -a» ' + §host§, §cb§);
platform | lines:pid, §cb§ | if (process.platform === 'win32') {⏎⇥«execFile('taskkill', ['/T', '/F', '/PID', String(pid)], §cb§);|exec('taskkill /T /F /PID ' + parseInt(pid, 10), §cb§);»⏎}
port | lines:port, §cb§ | «exec|child_process.exec»('lsof -t -i:' + «Number(port)|parseInt(port, 10)|(port bor 0)», function (§e§, §out§) {⏎⇥if (§e§) return §cb§(§e§);⏎⇥§cb§(null, §out§.split('\n'));⏎});
quoted | lines:«v1», §cb§ | var §cmd§ = '§BIN§ ' + «shellescape([«v1»])|shellQuote.quote([«v1»])|quote([«v1»])»;⏎exec(§cmd§, { timeout: «n» }, §cb§);
route | top | app.get('/«w»', (req, res) => {⏎⇥const { «w1» } = §REQ§;⏎⇥execFile('§BIN§', ['--', «w1»], (§e§, §out§) => {⏎⇥⇥if (§e§) return res.status(500).send('«prose»');⏎⇥⇥res.type('text').send(§out§);⏎⇥});⏎});
allowed | lines:req, res | const commands = { status: '«git status|uptime»', disk: '«df -h|du -sh .»' };⏎const §cmd§ = commands[req.query.«w1»];⏎if (!Object.prototype.hasOwnProperty.call(commands, req.query.«w1»)) return res.sendStatus(400);⏎exec(§cmd§, (§e§, §out§) => res.send(§out§));
regexexec | lines:«v1» | const match = §RE§.exec(«v1»);⏎return match ? match[1] : null;
chained | lines:§o§ | return «execa|spawn.async|$.spawn»('§BIN§', ['-«w»', §o§.«fld»])⏎⇥.then(res => res.stdout)⏎⇥.catch(() => null);
gitref | lines:«v1», §cb§ | «execFile|cp.execFile»('git', ['«log|diff|rev-list|show»', '--end-of-options', «v1» || 'HEAD'], { cwd: process.cwd() }, §cb§);
tsclass | top | export class «P1»§C§ {⏎⇥constructor(private readonly «camel1»: string) {}⏎⏎⇥public «f»(): string {⏎⇥⇥return execFileSync('§BIN§', ['--', this.«camel1»]).toString();⏎⇥}⏎}
mongoexec | lines:§o§, §cb§ | «Model|User|this.model|«P»».find({ «w»: §o§.«w» }).sort('-«w»').exec(§cb§);
""".replace("§RE§", r"/«^v(\d+)\.|(\w+)=|^refs\/heads\/(.+)$»/").replace(" bor 0", " «bar» 0")

_COMMAND_GO = r"""
shc | top | func «F»(«camel1» string) (string, error) {⏎⇥cmd := exec.Command("«sh|bash|/bin/sh»", "-c", "§TOOL§ "+«camel1»)«!»⏎⇥out, err := cmd.CombinedOutput()⏎⇥if err != nil {⏎⇥⇥return "", err⏎⇥}⏎⇥return string(out), nil⏎}
field | top | func (c *§C§) «F»() error {⏎⇥«line|command|script» := fmt.Sprintf("§BIN§ %s > %s", c.«P1», c.«P2»)«?»⏎⇥return exec.Command("«sh|bash»", "-c", fmt.Sprintf("§BIN§ %s > %s", c.«P1», c.«P2»)).Run()«!»⏎}
joined | lines:args []string | cmd := exec.Command("«bash|sh»", "-c", strings.Join(args, " "))«!»⏎cmd.Stdout = os.Stdout⏎cmd.Stderr = os.Stderr⏎if err := cmd.Run(); err != nil {⏎⇥log.Println(err)⏎}
handler | top | func (s *Server) handle«P»(w http.ResponseWriter, r *http.Request) {⏎⇥«camel1» := r.URL.Query().Get("«w»")⏎⇥out, err := exec.CommandContext(r.Context(), "/bin/sh", "-c", "§TOOL§ "+«camel1»).Output()«!»⏎⇥if err != nil {⏎⇥⇥http.Error(w, err.Error(), 500)⏎⇥⇥return⏎⇥}⏎⇥w.Write(out)⏎}
ssh | lines:session *ssh.Session, «v1» string | return session.«Run|Start»("«cat|rm -rf|mkdir -p|tail -n 100» " + «v1»)
run | lines:«v1» string | if runtime.GOOS == "windows" {⏎⇥return exec.Command("cmd", "/C", "«start|del|type» "+«v1»).Run()«!»⏎}
"""
_COMMAND_GO_ALIKE = r"""
shc | top | func «F»(«camel1» string) (string, error) {⏎⇥cmd := exec.Command("§BIN§", "--", «camel1»)⏎⇥out, err := cmd.CombinedOutput()⏎⇥if err != nil {⏎⇥⇥return "", err⏎⇥}⏎⇥return string(out), nil⏎}
field | top | func (c *§C§) «F»() error {⏎⇥cmd := exec.Command("§BIN§", "-«w»", c.«P1»)⏎⇥cmd.Dir = c.«P2»⏎⇥return cmd.Run()⏎}
joined | lines:args []string | log.Printf("running §BIN§ %s", strings.Join(args, " "))⏎cmd := exec.Command("§BIN§", args...)⏎cmd.Stdout = os.Stdout
handler | top | func (s *Server) handle«P»(w http.ResponseWriter, r *http.Request) {⏎⇥out, err := exec.CommandContext(r.Context(), "/bin/sh", "-c", "«uptime|df -h «bar» tail -1|free -m»").Output()⏎⇥if err != nil {⏎⇥⇥http.Error(w, "«prose»", 500)⏎⇥⇥return⏎⇥}⏎⇥w.Write(out)⏎}
positional | lines:«v1» string | return exec.Command("sh", "-c", "cat \"$1\" | wc -l", "sh", «v1»).Run()
number | lines:pid int | return exec.Command("sh", "-c", fmt.Sprintf("kill -9 %d", pid)).Run()
"""
_COMMAND_RUST = r"""
shc | lines:«v2»: &str | let output = Command::new("«sh|bash|/bin/sh»")⏎⇥.arg("-c")⏎⇥.arg(format!("§TOOL§ {}", «v2»))«!»⏎⇥.output()?;
args | lines:«v2»: &str | let status = Command::new("sh").args(&["-c", &format!("§BIN§ {} > /dev/null", «v2»)]).status()?;«!»
pushed | lines:«v2»: &str | let mut line = String::from("§BIN§ -«w» ");⏎line.push_str(«v2»);«?»⏎let child = Command::new("«sh|bash»").arg("-c").arg(&line).spawn()?;«!»
method | top | impl «P1»§C§ {⏎⇥pub fn «f»(&self) -> io::Result<Output> {⏎⇥⇥let cmd = format!("§BIN§ {} {}", self.«snake1», self.«snake2»);⏎⇥⇥Command::new("sh").arg("-c").arg(cmd).output()«!»⏎⇥}⏎}
libc | lines:«v2»: &str | let c = CString::new(format!("§TOOL§ {}", «v2»)).unwrap();⏎unsafe { libc::system(c.as_ptr()) };«!»
win | lines:«v2»: &str | let mut cmd = Command::new("cmd");⏎cmd.arg("/C").arg(format!("«start|del|type» {}", «v2»));«!»⏎cmd.spawn()?;
"""
_COMMAND_RUST_ALIKE = r"""
shc | lines:«v2»: &str | let output = Command::new("§BIN§")⏎⇥.arg("--")⏎⇥.arg(«v2»)⏎⇥.output()?;
args | lines:«v2»: &str | let status = Command::new("§BIN§").args(&["-«w»", «v2»]).status()?;
fixed | lines | let child = Command::new("sh").arg("-c").arg("«uptime|df -h|make clean && make»").spawn()?;
method | top | impl «P1»§C§ {⏎⇥pub fn «f»(&self) -> io::Result<Output> {⏎⇥⇥Command::new("§BIN§").arg(&self.«snake1»).current_dir(&self.«snake2»).output()⏎⇥}⏎}
positional | lines:«v2»: &str | let output = Command::new("sh").args(["-c", "wc -l < \"$1\"", "sh", «v2»]).output()?;
"""
_COMMAND_C = r"""
snp | lines:const char *§in§ | char cmd[«256|512|1024»];⏎⏎snprintf(cmd, sizeof(cmd), "«/usr/bin/mail -s '%s' root|rm -f '%s'|gzip -d %s|/sbin/ifconfig %s up|iptables -A INPUT -s %s -j DROP|tar xf %s|mount %s»", §in§);⏎«if (system(cmd) != 0)|if (system(cmd) == -1)»«!»⏎⇥«return -1;|syslog(LOG_ERR, "%s failed", "«w»");»
pop | lines:const char *§in§ | FILE *fp;⏎char cmd[«256|512»], line[«128|256»];⏎⏎sprintf(cmd, "«file -b|nslookup|identify|host|md5sum» %.200s «2>/dev/null|2>&1»", §in§);⏎fp = popen(cmd, "r");«!»⏎if (!fp)⏎⇥return -1;⏎while (fgets(line, sizeof(line), fp))⏎⇥«f»(line);
getenv | lines | char cmd[512];⏎const char *editor = getenv("«EDITOR|PAGER|BROWSER»");⏎snprintf(cmd, sizeof(cmd), "%s %s", editor ? editor : "vi", §file§);⏎system(cmd);«!»
cgi | lines | char *q = getenv("QUERY_STRING");⏎char cmd[«256|512»];⏎if (q && strncmp(q, "«host|ip|name»=", 5) == 0) {⏎⇥snprintf(cmd, sizeof(cmd), "«ping -c 1|nslookup|whois» %s", q + 5);⏎⇥system(cmd);«!»⏎}
execl | lines:const char *§in§ | pid_t pid = fork();⏎if (pid == 0) {⏎⇥execl("/bin/sh", "sh", "-c", §in§, (char *)NULL);«!»⏎⇥_exit(127);⏎}
msg | lines:int §fd§ | char buf[256], cmd[512];⏎ssize_t n = recv(§fd§, buf, sizeof(buf) - 1, 0);⏎if (n <= 0)⏎⇥return -1;⏎buf[n] = '\0';⏎snprintf(cmd, sizeof(cmd), "«/opt/«w»/bin/«w» --set|wpa_cli set|uci set» %s", buf);⏎system(cmd);«!»
"""
_COMMAND_C_ALIKE = r"""
fork | lines:const char *§in§ | pid_t pid = fork();⏎if (pid == 0) {⏎⇥«execlp("gzip", "gzip", "-d", "--", §in§, (char *)NULL);|execl("/bin/tar", "tar", "xf", §in§, (char *)NULL);»⏎⇥_exit(127);⏎}
snp | lines:int «v2» | char cmd[«64|128»];⏎⏎snprintf(cmd, sizeof(cmd), "«kill -HUP %d|ip link set eth%d up|renice 5 %d|cat /proc/%d/status»", «v2»);⏎if (system(cmd) != 0)⏎⇥return -1;
pop | lines | FILE *fp = popen("«uname -r|df -k|ps ax|hostname -f|ls /dev/disk»", "r");⏎char line[«128|256»];⏎if (!fp)⏎⇥return -1;⏎while (fgets(line, sizeof(line), fp))⏎⇥«f»(line);
checked | lines:const char *§in§ | const char *p;⏎char cmd[256];⏎for (p = §in§; *p; p++)⏎⇥if (!isalnum((unsigned char)*p))⏎⇥⇥return -EINVAL;⏎snprintf(cmd, sizeof(cmd), "«nslookup|host» %s", §in§);⏎system(cmd);
table | lines:int «v2» | static const char *cmds[] = { "reboot", "«sync|halt|uptime»", "«df|free»" };⏎if («v2» < 0 || «v2» >= 3)⏎⇥return -1;⏎return system(cmds[«v2»]);
spawn | lines:char *§in§ | char *argv[] = { "«gzip|tar|identify»", "--", §in§, NULL };⏎if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ) != 0)⏎⇥return -1;
"""
_COMMAND_CPP = r"""
sys | lines:const std::string &§in§ | std::string cmd = "§TOOL§ " + §in§;⏎«int rc = std::system(cmd.c_str());|system(cmd.c_str());|if (std::system(cmd.c_str()) != 0) return false;»«!»
stream | lines:const std::string &§in§ | std::ostringstream cmd;⏎cmd << "§BIN§ -«w» \"" << §in§ << "\" 2>&1";«?»⏎FILE *pipe = popen(cmd.str().c_str(), "r");«!»
unique | lines:const std::string &§in§ | std::unique_ptr<FILE, decltype(&pclose)> pipe(popen(("§TOOL§ " + §in§).c_str(), "r"), pclose);«!»⏎if (!pipe) {⏎⇥throw std::runtime_error("popen() failed");⏎}
qt | lines:const QString &§in§ | «QProcess::execute("sh", QStringList() << "-c" << "§BIN§ " + §in§);|process.start("/bin/sh", {"-c", QString("§BIN§ %1").arg(§in§)});»«!»
method | top | bool «P1»::«f»() {⏎⇥std::string cmd = «fld1»_ + " --«w»=" + «fld2»_;⏎⇥return std::system(cmd.c_str()) == 0;«!»⏎}
"""
_COMMAND_CPP_ALIKE = r"""
sys | lines | «int rc = std::system("«sync|clear|ldconfig|make all»");|std::system("«cls|pause»");»
number | lines:int «v2» | std::string cmd = "kill -HUP " + std::to_string(«v2»);⏎return std::system(cmd.c_str()) == 0;
argv | lines:const std::string &§in§ | const char *argv[] = {"§BIN§", "--", §in§.c_str(), nullptr};⏎execvp(argv[0], const_cast<char *const *>(argv));
qt | lines:const QString &§in§ | QProcess process;⏎process.start("§BIN§", QStringList() << "--" << §in§);⏎process.waitForFinished();
boost | lines:const std::string &§in§ | bp::child c(bp::search_path("§BIN§"), "-«w»", §in§, bp::std_out > out);⏎c.wait();
"""

# ---- paths

_PATH_JS = r"""
static | top | http.createServer(function (req, res) {⏎⇥var §path§ = url.parse(req.url).pathname;⏎⇥if (§path§ === '/') §path§ = '/index.html';⏎⇥fs.readFile(«path.join(§root§, §path§)|__dirname + §path§|process.cwd() + §path§|'.' + §path§», function (err, data) {«!»⏎⇥⇥if (err) {⏎⇥⇥⇥res.writeHead(404);⏎⇥⇥⇥return res.end();⏎⇥⇥}⏎⇥⇥res.end(data);⏎⇥});⏎}).listen(«port|«n»»);
pipe | lines:req, res | «var|const|let» §path§ = «path.join(§root§, req.url)|path.join(__dirname, '«public|www|dist»', decodeURI(req.url))|path.resolve(§root§ + req.url)»;⏎«fs.createReadStream(§path§).pipe(res);|var stream = fs.createReadStream(§path§);|fs.createReadStream(§path§).on('error', () => res.end()).pipe(res);»«!»
stat | lines:req, res, §o§ | var §file§ = path.join(§o§.root, url.parse(req.url).pathname);⏎fs.stat(§file§, function (err, stat) {«?»⏎⇥if (err) return res.end('404');⏎⇥res.setHeader('Content-Length', stat.size);⏎⇥fs.createReadStream(§file§).pipe(res);«!»⏎});
exists | lines:req, res | const §file§ = `${process.cwd()}${req.url.split('?')[0]}`;⏎if (fs.existsSync(§file§)) {«?»⏎⇥res.writeHead(200, { 'Content-Type': mime.getType(§file§) });⏎⇥«res.end(fs.readFileSync(§file§));|fs.createReadStream(§file§).pipe(res);»«!»⏎} else {⏎⇥res.statusCode = 404;⏎⇥res.end();⏎}
keptroot | top | Server.prototype.«serve|handle|send|onRequest» = function (req, res) {⏎⇥var §self§ = this⏎⇥var §path§ = decodeURIComponent(req.url)⏎⏎⇥fs.readFile(§self§.«root|dir|options.root» + §path§, function (err, data) {«!»⏎⇥⇥if (err) return §self§.«notFound|error»(res)⏎⇥⇥res.end(data)⏎⇥})⏎}
asyncserve | top | «module.exports = |export default »async (req, res) => {⏎⇥const { pathname } = «parse(req.url)|new URL(req.url, 'http://localhost')|url.parse(req.url)»;⏎⇥const body = await «fs.readFile|fs.promises.readFile|readFile»(«`./public${decodeURI(pathname)}`|join(root, decodeURIComponent(pathname))»);«!»⏎⇥res.end(body);⏎};
sendroot | lines:req, res | «send(req, parseurl(req).pathname).pipe(res);|res.sendfile(req.params[0]);|res.sendFile(req.query.«file|path|name»);|res.download('./«w»/' + req.params.«file|name»);»«!»
unzip | lines:§file§, §dest§ | fs.createReadStream(§file§)⏎⇥.pipe(unzip.Parse())⏎⇥.on('entry', function (entry) {⏎⇥⇥entry.pipe(fs.createWriteStream(«path.join(§dest§, entry.path)|§dest§ + '/' + entry.path»));«!»⏎⇥});
unzipname | lines:zip, §dest§ | zip.«getEntries()|files».forEach(«function (entry) {|(entry) => {»⏎⇥if (entry.isDirectory) return;⏎⇥var full = path.join(§dest§, entry.«entryName|name|path|fileName»);⏎⇥fs.writeFileSync(full, entry.getData());«!»⏎});
untar | lines:§dest§, §cb§ | extract.on('entry', (header, stream, next) => {⏎⇥stream.pipe(fs.createWriteStream(«path.join(§dest§, header.name)|path.resolve(§dest§, header.name)|`${§dest§}/${header.name}`»));«!»⏎⇥stream.on('end', next);⏎});
yauzl | lines:zipfile, §dest§ | zipfile.on('entry', async (entry) => {⏎⇥const target = path.join(§dest§, entry.fileName);⏎⇥await fs.promises.mkdir(path.dirname(target), { recursive: true });«?»⏎⇥await pipeline(await openStream(entry), fs.createWriteStream(target));«!»⏎});
upload | lines:req, §cb§ | «var|const» §file§ = req.files.«upload|file|image|avatar»;⏎fs.«rename|copyFile»(§file§.path, «'./uploads/' + §file§.name|path.join(§root§, §file§.originalFilename)|__dirname + '/public/' + §file§.name», §cb§);«!»
busboy | lines:req, res | «busboy|bb|form».on('file', (field, stream, «filename|info») => {⏎⇥stream.pipe(fs.createWriteStream(path.join(«os.tmpdir()|uploadDir|__dirname», filename)));«!»⏎});
multer | top | const storage = multer.diskStorage({⏎⇥destination: '«uploads|public|tmp»/',⏎⇥filename: (req, file, cb) => cb(null, file.originalname),«!»⏎});
template | lines:name, §cb§ | «var|const» §file§ = §root§ + '/' + name + '.«html|ejs|md|json|txt|tpl»';⏎fs.readFile(§file§, 'utf8', §cb§);«!»
routefile | top | «app|router».get('/«w»/:§slug§', (req, res) => {⏎⇥const content = fs.readFileSync(«`«w»/${req.params.§slug§}.md`|path.join(__dirname, 'docs', req.params.§slug§)», 'utf8');«!»⏎⇥res.send(marked(content));⏎});
cachekey | top | «P1»Store.prototype.«get|load|read» = function (key, §cb§) {⏎⇥fs.readFile(path.join(this.«dir|root|path», key«| + '.json'»), 'utf8', §cb§);«!»⏎};
tsstore | top | export class «P1»Storage {⏎⇥constructor(private readonly root: string) {}⏎⏎⇥async «read|load|open»(key: string): Promise<Buffer> {⏎⇥⇥return fs.promises.readFile(path.join(this.root, key));«!»⏎⇥}⏎}
remove | lines:req, res | fs.«unlink|rm|rmdir»(«'uploads/' + req.params.«w»|path.join(§root§, req.body.«w»)|`./data/${req.query.«w»}.json`», function (err) {«!»⏎⇥res.json({ ok: !err });⏎});
devserver | top | function §C§Middleware(§o§) {⏎⇥return function (req, res, next) {⏎⇥⇥var §file§ = path.resolve(§o§.root, '.' + req.url);⏎⇥⇥fs.readFile(§file§, function (err, body) {«!»⏎⇥⇥⇥if (err) return next();⏎⇥⇥⇥res.end(body);⏎⇥⇥});⏎⇥};⏎}
"""
_PATH_JS_ALIKE = r"""
static | top | http.createServer(function (req, res) {⏎⇥var §path§ = path.normalize(url.parse(req.url).pathname);⏎⇥var full = path.join(§root§, §path§);⏎⇥if (full.indexOf(§root§ + path.sep) !== 0) {⏎⇥⇥res.writeHead(403);⏎⇥⇥return res.end();⏎⇥}⏎⇥fs.readFile(full, function (err, data) {⏎⇥⇥res.end(err ? '' : data);⏎⇥});⏎}).listen(«n»);
pipe | lines:req, res | const §path§ = path.resolve(§root§, '.' + path.posix.normalize('/' + req.url));⏎if (!§path§.startsWith(§root§ + path.sep)) return res.writeHead(403).end();⏎fs.createReadStream(§path§).pipe(res);
fixedpipe | lines:req, res | «fs.createReadStream(path.join(__dirname, '«index.html|favicon.ico|404.html»')).pipe(res);|fs.createReadStream('./public/«w».html').pipe(res);»
stat | lines:req, res, §o§ | var §file§ = path.join(§o§.root, path.basename(url.parse(req.url).pathname));⏎fs.stat(§file§, function (err, stat) {⏎⇥if (err) return res.end('404');⏎⇥fs.createReadStream(§file§).pipe(res);⏎});
relative | lines:req, res | const §file§ = path.resolve(§root§, req.params.«w1»);⏎const rel = path.relative(§root§, §file§);⏎if (rel.startsWith('..') «bar»«bar» path.isAbsolute(rel)) return res.sendStatus(403);⏎res.sendFile(§file§);
routes | lines:req, res | var pages = { '/': 'index.html', '/«w1»': '«w1».html' };⏎if (!Object.hasOwn(pages, req.url)) return res.end('404');⏎fs.readFile(path.join(__dirname, pages[req.url]), function (err, data) {⏎⇥res.end(data);⏎});
keptroot | top | Server.prototype.serve = function (req, res) {⏎⇥var §self§ = this⏎⇥fs.readFile(path.join(§self§.root, path.basename(req.url)), function (err, data) {⏎⇥⇥if (err) return §self§.notFound(res)⏎⇥⇥res.end(data)⏎⇥})⏎}
sendroot | lines:req, res | «send(req, parseurl(req).pathname, { root: §root§ }).pipe(res);|res.sendFile(req.params.«name|file», { root: path.join(__dirname, 'public') });|app.use(express.static(path.join(__dirname, 'public')));»
unzip | lines:§file§, §dest§ | fs.createReadStream(§file§)⏎⇥.pipe(unzip.Parse())⏎⇥.on('entry', function (entry) {⏎⇥⇥entry.pipe(fs.createWriteStream(path.join(§dest§, path.basename(entry.path))));⏎⇥});
unzipname | lines:zip, §dest§ | zip.getEntries().forEach(function (entry) {⏎⇥var full = path.resolve(§dest§, entry.entryName);⏎⇥if (full.indexOf(path.resolve(§dest§) + path.sep) !== 0) throw new Error('«prose»');⏎⇥fs.writeFileSync(full, entry.getData());⏎});
untar | lines:§dest§, §cb§ | extract.on('entry', (header, stream, next) => {⏎⇥const full = path.join(§dest§, header.name);⏎⇥if (!full.startsWith(path.join(§dest§, path.sep))) return next(new Error('«prose»'));⏎⇥stream.pipe(fs.createWriteStream(full));⏎⇥stream.on('end', next);⏎});
upload | lines:req, §cb§ | «var|const» §file§ = req.files.upload;⏎fs.rename(§file§.path, «path.join(§root§, path.basename(§file§.name))|path.join(§root§, crypto.randomBytes(16).toString('hex'))|path.join(§root§, uuid.v4())», §cb§);
multer | top | const storage = multer.diskStorage({⏎⇥destination: '«uploads|public|tmp»/',⏎⇥filename: (req, file, cb) => cb(null, «crypto.randomUUID() + path.extname(path.basename(file.originalname))|Date.now() + '.«png|jpg»'»),⏎});
template | lines:name, §cb§ | if (!/^[\w-]+$/.test(name)) return §cb§(new Error('«prose»'));⏎fs.readFile(§root§ + '/' + name + '.«html|ejs|md|json»', 'utf8', §cb§);
hashed | top | «P1»Store.prototype.get = function (key, §cb§) {⏎⇥var name = crypto.createHash('sha256').update(key).digest('hex');⏎⇥fs.readFile(path.join(this.dir, name), 'utf8', §cb§);⏎};
own | lines:§cb§ | fs.readFile(«path.join(__dirname, 'package.json')|path.join(os.homedir(), '.«w»rc')|require.resolve('./«w».txt')|path.resolve(__dirname, '../«w».json')», 'utf8', §cb§);
listed | lines:§root§, §cb§ | fs.readdir(§root§, function (err, files) {⏎⇥if (err) return §cb§(err);⏎⇥files.forEach(function (name) {⏎⇥⇥«w»[name] = fs.readFileSync(path.join(§root§, name), 'utf8');⏎⇥});⏎⇥§cb§(null);⏎});
numeric | lines:req, res | const id = parseInt(req.params.id, 10);⏎if (!Number.isInteger(id)) return res.sendStatus(400);⏎fs.unlink(`./data/${id}.json`, (err) => {⏎⇥res.json({ ok: !err });⏎});
tsstore | top | export class «P1»Storage {⏎⇥constructor(private readonly root: string) {}⏎⏎⇥async read(id: number): Promise<Buffer> {⏎⇥⇥return fs.promises.readFile(path.join(this.root, `${Number(id)}.bin`));⏎⇥}⏎}
"""
_PATH_GO = r"""
tar | lines:tr *tar.Reader, dest string | for {⏎⇥hdr, err := tr.Next()⏎⇥if err == io.EOF {⏎⇥⇥break⏎⇥}⏎⇥target := filepath.Join(dest, hdr.Name)⏎⇥f, err := os.OpenFile(target, os.O_CREATE|os.O_RDWR, os.FileMode(hdr.Mode))«!»⏎⇥io.Copy(f, tr)⏎}
zip | lines:r *zip.ReadCloser, dest string | for _, f := range r.File {⏎⇥rc, _ := f.Open()⏎⇥out, err := os.Create(«filepath.Join(dest, f.Name)|dest + "/" + f.Name|path.Join(dest, f.Name)»)«!»⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥io.Copy(out, rc)⏎}
serve | top | func (s *Server) «P1»(w http.ResponseWriter, r *http.Request) {⏎⇥name := strings.TrimPrefix(r.«URL.Path|RequestURI», "/«w»/")⏎⇥http.ServeFile(w, r, «s.root + "/" + name|s.Dir + name|"./" + name»)«!»⏎}
handlefunc | top | http.HandleFunc("/«w»", func(w http.ResponseWriter, r *http.Request) {⏎⇥data, err := «ioutil.ReadFile|os.ReadFile»(«"static/" + r.URL.Query().Get("file")|dir + "/" + r.FormValue("name")|filepath.Join(root, r.FormValue("path"))»)«!»⏎⇥if err != nil {⏎⇥⇥http.NotFound(w, r)⏎⇥⇥return⏎⇥}⏎⇥w.Write(data)⏎})
store | top | func (s *FileStore) «Load|Get|Read|Open»(key string) ([]byte, error) {⏎⇥return os.ReadFile(filepath.Join(s.«dir|root|base», key))«!»⏎}
gin | lines:c *gin.Context | file, err := c.FormFile("«w»")⏎if err != nil {⏎⇥c.AbortWithStatus(400)⏎⇥return⏎}⏎c.SaveUploadedFile(file, «"./uploads/" + file.Filename|filepath.Join(uploadDir, file.Filename)»)«!»
"""
_PATH_GO_ALIKE = r"""
tar | lines:tr *tar.Reader, dest string | for {⏎⇥hdr, err := tr.Next()⏎⇥if err == io.EOF {⏎⇥⇥break⏎⇥}⏎⇥target := filepath.Join(dest, hdr.Name)⏎⇥if !strings.HasPrefix(target, filepath.Clean(dest)+string(os.PathSeparator)) {⏎⇥⇥return fmt.Errorf("illegal path %q", hdr.Name)⏎⇥}⏎⇥f, err := os.Create(target)⏎⇥io.Copy(f, tr)⏎}
zip | lines:r *zip.ReadCloser, dest string | for _, f := range r.File {⏎⇥if !filepath.IsLocal(f.Name) {⏎⇥⇥continue⏎⇥}⏎⇥out, err := os.Create(filepath.Join(dest, f.Name))⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥defer out.Close()⏎}
fileserver | top | http.Handle("/«w»/", http.StripPrefix("/«w»/", http.FileServer(http.Dir(«"static"|root|s.Dir»))))
handlefunc | top | http.HandleFunc("/«w»", func(w http.ResponseWriter, r *http.Request) {⏎⇥data, err := os.ReadFile(filepath.Join(root, filepath.Base(r.FormValue("path"))))⏎⇥if err != nil {⏎⇥⇥http.NotFound(w, r)⏎⇥⇥return⏎⇥}⏎⇥w.Write(data)⏎})
cleaned | top | func (s *FileStore) Load(key string) ([]byte, error) {⏎⇥return os.ReadFile(filepath.Join(s.dir, filepath.Clean("/"+key)))⏎}
own | lines | data, err := os.ReadFile(«filepath.Join(home, ".«w»", "config.json")|"/etc/«w»/«w».conf"|filepath.Join(dir, "«w».yaml")»)
"""
_PATH_RUST = r"""
join | top | fn «f»(root: &Path, request: &Request) -> io::Result<Vec<u8>> {⏎⇥let name = request.«uri().path()|url().path()|path()».trim_start_matches('/');⏎⇥«std::fs::read|fs::read»(root.join(name))«!»⏎}
tcp | lines:mut stream: TcpStream | let path = request_line.split_whitespace().nth(1).unwrap();⏎let contents = fs::«read_to_string|read»(format!("«.|public|www|static»{}", path)).unwrap();«!»⏎stream.write_all(contents.as_ref()).unwrap();
zip | lines:archive: &mut ZipArchive<File>, dest: &Path | for i in 0..archive.len() {⏎⇥let mut file = archive.by_index(i)?;⏎⇥let mut out = File::create(dest.join(«file.name()|file.mangled()|file.name().to_string()»))?;«!»⏎⇥io::copy(&mut file, &mut out)?;⏎}
tar | lines:archive: Archive<File>, dest: &Path | for entry in archive.entries()? {⏎⇥let mut entry = entry?;⏎⇥let path = dest.join(entry.path()?);⏎⇥entry.unpack(&path)?;«!»⏎}
store | top | impl «P1»Store {⏎⇥pub fn «get|load|read»(&self, key: &str) -> io::Result<String> {⏎⇥⇥fs::read_to_string(«self.root.join(key)|format!("{}/{}", self.dir, key)»)«!»⏎⇥}⏎}
"""
_PATH_RUST_ALIKE = r"""
canon | lines:root: &Path, name: &str | let full = root.join(name).canonicalize()?;⏎if !full.starts_with(root) {⏎⇥return Err(io::ErrorKind::PermissionDenied.into());⏎}⏎let data = fs::read(full)?;
base | lines:root: &Path, name: &str | let name = Path::new(name).file_name().ok_or(io::ErrorKind::InvalidInput)?;⏎let data = fs::read(root.join(name))?;
zip | lines:archive: &mut ZipArchive<File>, dest: &Path | for i in 0..archive.len() {⏎⇥let mut file = archive.by_index(i)?;⏎⇥let Some(name) = file.enclosed_name() else { continue };⏎⇥let mut out = File::create(dest.join(name))?;⏎⇥io::copy(&mut file, &mut out)?;⏎}
tar | lines:mut archive: Archive<File>, dest: &Path | for entry in archive.entries()? {⏎⇥entry?.unpack_in(dest)?;⏎}
own | lines | let text = fs::read_to_string(«home.join(".«w»rc")|"/etc/«w»/«w».toml"|root.join("«w».json")»)?;
"""
_PATH_C = r"""
request | lines:int §fd§, const char *uri | char path[«256|512|PATH_MAX»];⏎struct stat st;⏎⏎snprintf(path, sizeof(path), "%s%s", «docroot|DOCUMENT_ROOT|conf->root|WEBROOT», uri);⏎«int f = open(path, O_RDONLY);|f = fopen(path, "rb");»«!»⏎if («stat(path, &st) < 0|lstat(path, &st) != 0»)⏎⇥return send_404(§fd§);
sscanf | lines:int §fd§, char *req | char method[8], uri[256], path[512];⏎sscanf(req, "%7s %255s", method, uri);⏎snprintf(path, sizeof(path), "./www%s", uri);⏎send_file(§fd§, fopen(path, "r"));«!»
tftp | lines:const struct tftp_hdr *hdr | char path[256];⏎snprintf(path, sizeof(path), "/srv/tftp/%s", hdr->«filename|name|file»);⏎int file = open(path, «O_RDONLY|O_WRONLY «bar» O_CREAT, 0644»);«!»
unpack | lines:const struct «snake»_entry *ent, const char *dest | char out[PATH_MAX];⏎snprintf(out, sizeof(out), "%s/%s", dest, ent->name);⏎FILE *fp = fopen(out, "wb");«!»⏎if (!fp)⏎⇥return -1;⏎fwrite(ent->data, 1, ent->size, fp);
ftpdel | lines:const char *arg | char path[512];⏎snprintf(path, sizeof(path), "%s/%s", session->«home|cwd|root», arg);⏎if («unlink(path)|remove(path)|rmdir(path)» < 0)«!»⏎⇥return reply(550, "«prose»");
"""
_PATH_C_ALIKE = r"""
request | lines:int §fd§, const char *uri | char path[PATH_MAX], real[PATH_MAX];⏎⏎snprintf(path, sizeof(path), "%s%s", docroot, uri);⏎if (!realpath(path, real) || strncmp(real, docroot_slash, strlen(docroot_slash)) != 0)⏎⇥return send_404(§fd§);⏎int f = open(real, O_RDONLY);
dots | lines:int §fd§, const char *uri | char path[512];⏎if (strstr(uri, ".."))⏎⇥return send_error(§fd§, 403);⏎snprintf(path, sizeof(path), "%s%s", docroot, uri);⏎FILE *fp = fopen(path, "rb");
slash | lines:const struct «snake»_entry *ent, const char *dest | char out[PATH_MAX];⏎if (strchr(ent->name, '/') || ent->name[0] == '.')⏎⇥return -EINVAL;⏎snprintf(out, sizeof(out), "%s/%s", dest, ent->name);⏎FILE *fp = fopen(out, "wb");
number | lines:int pid | char path[64];⏎snprintf(path, sizeof(path), "/proc/%d/«status|maps|cmdline»", pid);⏎FILE *fp = fopen(path, "r");⏎if (!fp)⏎⇥return -1;
own | lines | FILE *fp = fopen(«"/etc/«w».conf"|CONFIG_FILE|PID_FILE|DEFAULT_«C»_PATH», "«r|w»");⏎if (!fp) {⏎⇥perror("fopen");⏎⇥return -1;⏎}
"""
_PATH_CPP = r"""
stream | lines:const std::string &uri | «std::ifstream file(root_ + uri, std::ios::binary);|std::ifstream file("./www" + uri);|std::ifstream in((fs::path(root_) / uri.substr(1)).string());»«!»⏎if (!file) {⏎⇥return notFound();⏎}
unzip | lines:const std::string &dest | for (const auto &entry : archive.entries()) {⏎⇥std::ofstream out(«dest + "/" + entry.name|fs::path(dest) / entry.name()|dest + entry.filename()»);«!»⏎⇥out << entry.data();⏎}
fopen | lines:const Request &req | std::string path = «docRoot_ + req.«path|target()|url»|"public/" + req.param("file")|root_ + "/" + req.get("name")»;⏎FILE *fp = fopen(path.c_str(), "rb");«!»
remove | lines:const std::string &name | return «std::remove((dir_ + "/" + name).c_str()) == 0|fs::remove(fs::path(dir_) / name)|QFile::remove(dir_ + name)»;«!»
"""
_PATH_CPP_ALIKE = r"""
canon | lines:const std::string &uri | const auto full = fs::weakly_canonical(root_ / uri.substr(1));⏎if (full.string().rfind(root_.string() + "/", 0) != 0) {⏎⇥return notFound();⏎}⏎std::ifstream file(full, std::ios::binary);
base | lines:const std::string &dest | for (const auto &entry : archive.entries()) {⏎⇥std::ofstream out(fs::path(dest) / fs::path(entry.name).filename());⏎⇥out << entry.data();⏎}
own | lines | std::ifstream file(«"/etc/«w».conf"|configPath()|kDefaultPath|dir_ + "/«w».json"»);⏎if (!file) {⏎⇥return false;⏎}
number | lines:int id | std::ifstream file(dir_ + "/" + std::to_string(id) + ".dat", std::ios::binary);
"""

# ---- databases

_SQL_JS = r"""
model | top | «P1».prototype.«find|get|load|search|remove» = function (§id§, §cb§) {⏎⇥var §sql§ = "«SELECT * FROM|DELETE FROM» " + this.table + " WHERE «col» = '" + §id§ + "'";⏎⇥this.«db|conn|client».query(§sql§, §cb§);«!»⏎};
builder | lines:§o§, §cb§ | var §sql§ = 'SELECT ' + (§o§.fields «bar»«bar» '*') + ' FROM ' + §o§.table;«?»⏎if (§o§.where) §sql§ += ' WHERE ' + §o§.where;«?»⏎if (§o§.order) §sql§ += ' ORDER BY ' + §o§.order;«?»⏎§DB§.query(§sql§, §cb§);«!»
wherekeys | lines:«v1», §cb§ | var where = Object.keys(«v1»).map(function (k) {⏎⇥return k + " = '" + «v1»[k] + "'";«?»⏎}).join(' AND ');⏎§DB§.query('SELECT * FROM «tbl» WHERE ' + where, §cb§);«!»
insert | lines:«v1» | const cols = Object.keys(«v1»).join(', ');⏎const vals = Object.values(«v1»).map(v => `'${v}'`).join(', ');«?»⏎return §DB§.query(`INSERT INTO «tbl» (${cols}) VALUES (${vals})`);«!»
multiline | lines:§id§ | const { rows } = await §DB§.query(`⏎⇥SELECT «col», «col»⏎⇥FROM «tbl»⏎⇥WHERE «col» = '${§id§}'«!»⏎`);
login | top | app.post('/login', «async |»(req, res) => {⏎⇥const { username, password } = req.body;⏎⇥const §sql§ = `SELECT * FROM users WHERE username = '${username}' AND password = '${password}'`;⏎⇥§DB§.query(§sql§, (err, rows) => {«!»⏎⇥⇥res.json(rows);⏎⇥});⏎});
sequelize | lines:req | return sequelize.query(«"SELECT * FROM «tbl» WHERE «col» LIKE '%" + req.query.«w» + "%'"|`SELECT * FROM «tbl» WHERE «col» = '${req.params.«w»}'`», { type: QueryTypes.SELECT });«!»
raw | lines:§id§, «v2» | return «knex|db|trx».raw(«`select * from «tbl» where «col» = '${§id§}'`|"update «tbl» set «col» = '" + «v2» + "' where id = " + §id§»);
order | lines:req, res | §DB§.query('SELECT * FROM «tbl» ORDER BY ' + req.query.«sort|order|by» + ' LIMIT 50', function (err, rows) {«!»⏎⇥res.send(rows);⏎});
sqlite | lines:§id§ | «const row = |return |»«db|this.db».«prepare(`SELECT * FROM «tbl» WHERE «col» = '${§id§}'`).get()|exec("DELETE FROM «tbl» WHERE «col» = '" + §id§ + "'")|run(`UPDATE «tbl» SET «col» = '${§id§}'`)»;
replaced | lines:§id§, §cb§ | var §sql§ = «"SELECT * FROM «tbl» WHERE «col» = ':id'".replace(':id', §id§)|util.format("DELETE FROM «tbl» WHERE «col» = '%s'", §id§)»;⏎§DB§.query(§sql§, §cb§);«!»
tsrepo | top | export class «P1»Repository {⏎⇥constructor(private readonly pool: Pool) {}⏎⏎⇥async findBy«P2»(§id§: string): Promise<«P1»[]> {⏎⇥⇥const { rows } = await this.pool.query(`SELECT * FROM «tbl» WHERE «col» = '${§id§}'`);«!»⏎⇥⇥return rows;⏎⇥}⏎}
joined | lines:ids | var §sql§ = ['DELETE FROM «tbl»', 'WHERE id IN (' + ids.join(',') + ')'].join(' ');⏎return §DB§.query(§sql§);«!»
typeorm | lines:§id§ | return «this.repo|getRepository(«P»)|dataSource».createQueryBuilder('t')⏎⇥.where(«`t.«col» = '${§id§}'`|"t.«col» = '" + §id§ + "'"»)«!»⏎⇥.getMany();
"""
_SQL_JS_ALIKE = r"""
model | top | «P1».prototype.find = function (§id§, §cb§) {⏎⇥var §sql§ = 'SELECT * FROM ?? WHERE «col» = ?';⏎⇥this.«db|conn|client».query(§sql§, [this.table, §id§], §cb§);⏎};
builder | lines:§o§, §cb§ | var §sql§ = mysql.format('SELECT ?? FROM ??', [§o§.fields, §o§.table]);⏎if (§o§.id) §sql§ += ' WHERE id = ' + mysql.escape(§o§.id);⏎§DB§.query(§sql§, §cb§);
wherekeys | lines:«v1», §cb§ | var keys = ['«col»', '«col»'].filter(function (k) { return k in «v1»; });⏎var where = keys.map(function (k) { return k + ' = ?'; }).join(' AND ');⏎§DB§.query('SELECT * FROM «tbl» WHERE ' + where, keys.map(k => «v1»[k]), §cb§);
insert | lines:«v1» | return §DB§.query('INSERT INTO «tbl» SET ?', «v1»);
multiline | lines:§id§ | const { rows } = await §DB§.query(`⏎⇥SELECT «col», «col»⏎⇥FROM «tbl»⏎⇥WHERE «col» = $1⏎`, [§id§]);
login | top | app.post('/login', (req, res) => {⏎⇥const { username } = req.body;⏎⇥§DB§.query('SELECT * FROM users WHERE username = ?', [username], (err, rows) => {⏎⇥⇥res.json(rows.length);⏎⇥});⏎});
sequelize | lines:req | return sequelize.query('SELECT * FROM «tbl» WHERE «col» = :«w1»', { replacements: { «w1»: req.query.«w1» }, type: QueryTypes.SELECT });
raw | lines:§id§, «v2» | return «knex|db|trx».raw('update «tbl» set «col» = ? where id = ?', [«v2», §id§]);
tagged | lines:§id§ | return «sql`SELECT * FROM «tbl» WHERE «col» = ${§id§}`|db.query(SQL`DELETE FROM «tbl» WHERE «col» = ${§id§}`)|prisma.$queryRaw`SELECT * FROM «tbl» WHERE id = ${§id§}`»;
order | lines:req, res | var columns = ['«col»', '«col»', 'id'];⏎var by = columns.indexOf(req.query.sort) >= 0 ? req.query.sort : 'id';⏎§DB§.query('SELECT * FROM «tbl» ORDER BY ' + by, function (err, rows) {⏎⇥res.send(rows);⏎});
sqlite | lines:§id§ | const row = db.prepare('SELECT * FROM «tbl» WHERE «col» = «?|@id»').get(«§id§|{ id: §id§ }»);
number | lines:req, §cb§ | var id = parseInt(req.params.id, 10);⏎§DB§.query('DELETE FROM «tbl» WHERE id = ' + id, §cb§);
tsrepo | top | export class «P1»Repository {⏎⇥constructor(private readonly pool: Pool) {}⏎⏎⇥async findBy«P2»(§id§: string): Promise<«P1»[]> {⏎⇥⇥const { rows } = await this.pool.query('SELECT * FROM «tbl» WHERE «col» = $1', [§id§]);⏎⇥⇥return rows;⏎⇥}⏎}
marks | lines:ids | var §sql§ = 'DELETE FROM «tbl» WHERE id IN (' + ids.map(() => '?').join(',') + ')';⏎return §DB§.query(§sql§, ids);
typeorm | lines:§id§ | return this.repo.createQueryBuilder('t')⏎⇥.where('t.«col» = :«w1»', { «w1»: §id§ })⏎⇥.getMany();
message | lines:§id§ | throw new Error("«select|update|delete» of '" + §id§ + "' failed from «tbl» where it is");
"""
_SQL_GO = r"""
repo | top | func (r *«P1»Repo) FindBy«P2»(§id§ string) (*«P1», error) {⏎⇥query := fmt.Sprintf("SELECT «col», «col» FROM «tbl» WHERE «col» = '%s'", §id§)⏎⇥row := r.db.QueryRow(query)«!»⏎⇥var out «P1»⏎⇥if err := row.Scan(&out.ID, &out.Name); err != nil {⏎⇥⇥return nil, err⏎⇥}⏎⇥return &out, nil⏎}
exec | lines:§id§ string | if _, err := «db|tx|s.db».Exec(«"DELETE FROM «tbl» WHERE «col» = '" + §id§ + "'"|fmt.Sprintf("UPDATE «tbl» SET «col» = '%s'", §id§)»); err != nil {«!»⏎⇥return err⏎}
gorm | lines:c *gin.Context | var items []«P1»⏎db.«Where|Raw»(«"«col» = '" + c.Query("«w»") + "'"|fmt.Sprintf("«col» LIKE '%%%s%%'", c.Query("«w»"))»).Find(&items)«!»
handler | lines:w http.ResponseWriter, r *http.Request | name := r.FormValue("«w»")⏎rows, err := db.Query("SELECT * FROM «tbl» WHERE «col» LIKE '%" + name + "%'")«!»⏎if err != nil {⏎⇥http.Error(w, err.Error(), 500)⏎⇥return⏎}
join | lines:ids []string | q := "SELECT * FROM «tbl» WHERE id IN ('" + strings.Join(ids, "','") + "')"⏎rows, err := «db|conn».QueryContext(ctx, q)«!»
"""
_SQL_GO_ALIKE = r"""
repo | top | func (r *«P1»Repo) FindBy«P2»(§id§ string) (*«P1», error) {⏎⇥row := r.db.QueryRow("SELECT «col», «col» FROM «tbl» WHERE «col» = $1", §id§)⏎⇥var out «P1»⏎⇥if err := row.Scan(&out.ID, &out.Name); err != nil {⏎⇥⇥return nil, err⏎⇥}⏎⇥return &out, nil⏎}
exec | lines:§id§ string | if _, err := «db|tx».Exec("DELETE FROM «tbl» WHERE «col» = ?", §id§); err != nil {⏎⇥return err⏎}
gorm | lines:c *gin.Context | var items []«P1»⏎db.Where("«col» = ?", c.Query("«w»")).Find(&items)
const | lines | query := fmt.Sprintf("SELECT %s FROM %s", columns, tableName)⏎log.Debug(query)⏎rows, err := db.Query("SELECT «col» FROM «tbl» ORDER BY «col»")
join | lines:ids []int64 | q, args, err := sqlx.In("SELECT * FROM «tbl» WHERE id IN (?)", ids)⏎if err != nil {⏎⇥return nil, err⏎}⏎rows, err := db.Query(db.Rebind(q), args...)
"""
_SQL_RUST = r"""
repo | top | pub async fn find_by_«snake1»(pool: &PgPool, «snake2»: &str) -> Result<Vec<«P1»>> {⏎⇥let sql = format!("SELECT * FROM «tbl» WHERE «col» = '{}'", «snake2»);⏎⇥let rows = sqlx::query_as::<_, «P1»>(&sql).fetch_all(pool).await?;«!»⏎⇥Ok(rows)⏎}
rusqlite | lines:conn: &Connection, «v2»: &str | «conn.execute(&format!("DELETE FROM «tbl» WHERE «col» = '{}'", «v2»), [])?;|let mut stmt = conn.prepare(&format!("SELECT * FROM «tbl» WHERE «col» = '{}'", «v2»))?;»«!»
batch | lines:conn: &Connection, «v2»: &str | conn.execute_batch(&("UPDATE «tbl» SET «col» = '".to_owned() + «v2» + "'"))?;
diesel | lines:conn: &mut PgConnection, «v2»: &str | let items: Vec<«P»> = sql_query(format!("SELECT * FROM «tbl» WHERE «col» = '{«v2»}'")).load(conn)?;
"""
_SQL_RUST_ALIKE = r"""
repo | top | pub async fn find_by_«snake1»(pool: &PgPool, «snake2»: &str) -> Result<Vec<«P1»>> {⏎⇥let rows = sqlx::query_as::<_, «P1»>("SELECT * FROM «tbl» WHERE «col» = $1").bind(«snake2»).fetch_all(pool).await?;⏎⇥Ok(rows)⏎}
rusqlite | lines:conn: &Connection, «v2»: &str | conn.execute("DELETE FROM «tbl» WHERE «col» = ?1", params![«v2»])?;
batch | lines:conn: &Connection | conn.execute_batch("CREATE TABLE IF NOT EXISTS «tbl» («col» TEXT)")?;
diesel | lines:conn: &mut PgConnection, «v2»: &str | let items = «tbl»::table.filter(«tbl»::name.eq(«v2»)).load::<«P»>(conn)?;
"""
_SQL_C = r"""
sqlite | lines:const char *§id§ | char sql[«256|512»];⏎char *err = NULL;⏎⏎snprintf(sql, sizeof(sql), "«DELETE FROM «tbl»|SELECT * FROM «tbl»» WHERE «col» = '%s'", §id§);⏎if (sqlite3_exec(db, sql, «NULL, NULL|row_cb, out», &err) != SQLITE_OK)«!»⏎⇥sqlite3_free(err);
mysql | lines:const char *§id§, const char *«v2» | char query[«512|1024»];⏎sprintf(query, "INSERT INTO «tbl» VALUES ('%.64s', '%.64s')", §id§, «v2»);⏎«if (mysql_query(conn, query))|if (mysql_real_query(conn, query, strlen(query)))»«!»⏎⇥syslog(LOG_ERR, "%s", mysql_error(conn));
pg | lines:PGconn *conn, const char *§id§ | char *query = NULL;⏎asprintf(&query, "SELECT «col» FROM «tbl» WHERE «col» = '%s'", §id§);⏎PGresult *res = PQexec(conn, query);«!»⏎free(query);
auth | lines:const char *user, const char *pass | char q[512];⏎snprintf(q, sizeof(q), "SELECT uid FROM users WHERE name='%s' AND pw='%s'", user, pass);⏎sqlite3_prepare_v2(db, q, -1, &stmt, NULL);«!»
"""
_SQL_C_ALIKE = r"""
sqlite | lines:const char *§id§ | char *sql = sqlite3_mprintf("DELETE FROM «tbl» WHERE «col» = %Q", §id§);⏎int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);⏎sqlite3_free(sql);
mysql | lines:const char *§id§ | char safe[2 * 64 + 1], query[512];⏎mysql_real_escape_string(conn, safe, §id§, strnlen(§id§, 64));⏎snprintf(query, sizeof(query), "SELECT * FROM «tbl» WHERE «col» = '%s'", safe);⏎mysql_query(conn, query);
pg | lines:PGconn *conn, const char *§id§ | const char *params[1] = { §id§ };⏎PGresult *res = PQexecParams(conn, "SELECT «col» FROM «tbl» WHERE «col» = $1", 1, NULL, params, NULL, NULL, 0);
auth | lines:const char *user | sqlite3_prepare_v2(db, "SELECT uid FROM users WHERE name = ?", -1, &stmt, NULL);⏎sqlite3_bind_text(stmt, 1, user, -1, SQLITE_STATIC);
"""
_SQL_CPP = r"""
stream | lines:const std::string &§id§ | std::stringstream ss;⏎ss << "SELECT * FROM «tbl» WHERE «col» = '" << §id§ << "'";«?»⏎«auto *res = stmt->executeQuery(ss.str());|sqlite3_exec(db_, ss.str().c_str(), nullptr, nullptr, nullptr);|txn.exec(ss.str());»«!»
qt | lines:const QString &§id§ | QSqlQuery query;⏎«query.exec("DELETE FROM «tbl» WHERE «col» = '" + §id§ + "'");|query.exec(QString("SELECT * FROM «tbl» WHERE «col» = '%1'").arg(§id§));»«!»
fmt | lines:const std::string &§id§ | const auto sql = «fmt::format|std::format»("UPDATE «tbl» SET «col» = 1 WHERE «col» = '{}'", §id§);⏎«pqxx::result r = txn.exec(sql);|db_.exec(sql);|mysql_query(conn_, sql.c_str());»«!»
member | top | bool «P1»Dao::«f»(const std::string &§id§) {⏎⇥std::string sql = "SELECT * FROM " + table_ + " WHERE «col»='" + §id§ + "'";⏎⇥return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;«!»⏎}
"""
_SQL_CPP_ALIKE = r"""
prep | lines:const std::string &§id§ | std::unique_ptr<sql::PreparedStatement> stmt(con->prepareStatement("SELECT * FROM «tbl» WHERE «col» = ?"));⏎stmt->setString(1, §id§);⏎auto *res = stmt->executeQuery();
qt | lines:const QString &§id§ | QSqlQuery query;⏎query.prepare("DELETE FROM «tbl» WHERE «col» = :id");⏎query.bindValue(":id", §id§);⏎query.exec();
pqxx | lines:const std::string &§id§ | «pqxx::result r = txn.exec_params("SELECT * FROM «tbl» WHERE «col» = $1", §id§);|auto r = txn.exec("SELECT * FROM «tbl» WHERE «col» = " + txn.quote(§id§));»
const | lines | sqlite3_exec(db_, "«PRAGMA journal_mode = WAL|CREATE TABLE IF NOT EXISTS «tbl» (id INTEGER)|BEGIN|COMMIT»", nullptr, nullptr, nullptr);
"""

# ---- code from outside

_EVAL_JS = r"""
paren | lines:§src§ | try {⏎⇥«return|var data =|result =» eval('(' + §src§ + ')');«!»⏎} catch (e) {⏎⇥return null;⏎}
response | lines:§url§, §cb§ | request(§url§, function (err, res, body) {⏎⇥if (err) return §cb§(err);⏎⇥§cb§(null, «eval('(' + body + ')')|eval(body)|vm.runInThisContext('(' + body + ')')|new Function('return ' + body)()»);«!»⏎});
chunks | lines:req, res | var §src§ = '';⏎req.on('data', function (chunk) { §src§ += chunk; });⏎req.on('end', function () {⏎⇥var obj = «eval('(' + §src§ + ')')|new Function('return ' + §src§)()|vm.runInNewContext(§src§)»;«!»⏎⇥res.end(JSON.stringify(obj));⏎});
template | top | function compile(tpl, §o§) {⏎⇥var §src§ = "var p = []; with (obj) { p.push('" + tpl.replace(/[\r\t\n]/g, ' ') + "'); } return p.join('');";⏎⇥return new Function(§o§.«variable|varname|argument» || 'obj', §src§);«!»⏎}
templatejs | lines:tpl, data | return tpl.replace(/\{\{(.+?)\}\}/g, function (m, expr) {⏎⇥return «eval(expr)|eval('data.' + expr)|new Function('data', 'with (data) { return ' + expr + '}')(data)»;«!»⏎});
getpath | lines:obj, «w1» | return «eval('obj.' + «w1»)|new Function('o', 'return o.' + «w1»)(obj)|eval("obj['" + «w1» + "']")»;
config | lines:§file§ | «var|const» §src§ = fs.readFileSync(§file§, 'utf8');⏎«return|module.exports =» «vm.runInThisContext(§src§, §file§)|eval('(' + §src§ + ')')|vm.runInNewContext('config = ' + §src§)»;«!»
calc | top | «P1».prototype.«evaluate|calc|compute|parse» = function (expr, scope) {⏎⇥var names = Object.keys(scope);⏎⇥«return |var value = »«Function.apply(null, names.concat('return ' + expr))|new Function(names.join(','), 'return ' + expr)|eval(expr)»;«!»⏎};
timer | lines:§o§ | «setTimeout|setInterval»(«§o§.callback + '()'|"window." + §o§.handler + "();"|'(' + §o§.code + ')()'», §o§.«delay|interval|timeout»);
requireuser | lines:name, §o§ | «var|const» «plugin|mod|adapter|handler» = require(«§o§.query.module|req.body.plugin|req.query.adapter|'./' + req.params.plugin»);«!»
route | top | app.«get|post»('/«calc|eval|run|query»', (req, res) => {⏎⇥const result = «eval(req.query.expr)|vm.runInNewContext(req.body.code, sandbox)|new vm.Script(req.body.script).runInThisContext()|Function('return ' + req.query.q)()»;«!»⏎⇥res.json({ result });⏎});
message | lines | «window|self|worker|process».«addEventListener('message', function (event) {|onmessage = function (event) {»⏎⇥«eval(event.data.code);|new Function(event.data.fn)();|self.result = eval('(' + event.data + ')');»«!»⏎}
funcstr | lines:§o§ | for (var key in §o§) {⏎⇥if (/^function/.test(§o§[key])) {⏎⇥⇥§o§[key] = «eval('(' + §o§[key] + ')')|new Function('return ' + §o§[key])()»;«!»⏎⇥}⏎}
jsonp | lines:§src§ | var match = §src§.match(/^\w+\(([\s\S]+)\)$/);⏎return «eval('(' + match[1] + ')')|(0, eval)(match[1])|new Function('return ' + match[1])()»;«!»
filter | lines:req, items | return items.filter(new Function('item', 'return ' + req.query.«filter|where|q»));
mongo | lines:req, §cb§ | «P».find({ $where: «"this.«w» == '" + req.query.«w» + "'"|`this.«w» === ${req.body.«w»}`» }, §cb§);«!»
"""
_EVAL_JS_ALIKE = r"""
paren | lines:§src§ | try {⏎⇥return JSON.parse(§src§);⏎} catch (e) {⏎⇥return null;⏎}
response | lines:§url§, §cb§ | request(§url§, function (err, res, body) {⏎⇥if (err) return §cb§(err);⏎⇥§cb§(null, JSON.parse(body));⏎});
chunks | lines:req, res | var §src§ = '';⏎req.on('data', function (chunk) { §src§ += chunk; });⏎req.on('end', function () {⏎⇥var obj = JSON.parse(§src§);⏎⇥res.end(JSON.stringify(obj));⏎});
templatejs | lines:tpl, data | return tpl.replace(/\{\{(\w+)\}\}/g, function (m, key) {⏎⇥return Object.prototype.hasOwnProperty.call(data, key) ? String(data[key]) : '';⏎});
getpath | lines:obj, «w1» | return «w1».split('.').reduce(function (o, k) {⏎⇥return o == null ? undefined : o[k];⏎}, obj);
config | lines:§file§ | «var|const» §src§ = fs.readFileSync(§file§, 'utf8');⏎return «JSON.parse(§src§)|JSON5.parse(§src§)|toml.parse(§src§)»;
globalthis | top | var root = typeof window !== 'undefined' ? window : «Function('return this')()|(0, eval)('this')|new Function('return this')()»;
calc | top | «P1».prototype.evaluate = function (expr, scope) {⏎⇥return «math.evaluate(expr, scope)|this.parser.parse(expr).evaluate(scope)|Number(expr)»;⏎};
timer | lines:§o§ | «setTimeout|setInterval»(«§o§.callback|function () { §o§.handler(); }|() => this.«f»()», §o§.«delay|interval|timeout»);
requirelist | lines:name | var plugins = { «w1»: require('./«w1»'), «w2»: require('./«w2»') };⏎if (!Object.hasOwn(plugins, name)) throw new Error('«prose»');⏎return plugins[name];
route | top | app.get('/calc', (req, res) => {⏎⇥const result = Number(req.query.a) «+|*|-» Number(req.query.b);⏎⇥res.json({ result });⏎});
message | lines | window.addEventListener('message', function (event) {⏎⇥if (event.origin !== location.origin) return;⏎⇥«w» = JSON.parse(event.data);⏎}
script | lines | new vm.Script(«fs.readFileSync(path.join(__dirname, '«w».js'), 'utf8')|'1 + 1'|C_SOURCE»).runInThisContext();
jsonp | lines:§src§ | var match = §src§.match(/^\w+\(([\s\S]+)\)$/);⏎return JSON.parse(match[1]);
mongo | lines:req, §cb§ | «P».find({ «w»: String(req.query.«w») }, §cb§);
evalname | lines:«v1» | «this.evaluator.eval(«v1»)|redis.eval(SCRIPT, 1, «v1»)|page.evaluate(() => document.title)|model.eval()»;
"""
_EVAL_GO = r"""
script | top | func (e *Engine) «F»(w http.ResponseWriter, r *http.Request) {⏎⇥body, _ := io.ReadAll(r.Body)⏎⇥val, err := e.vm.«RunString|Run»(string(body))«!»⏎⇥if err != nil {⏎⇥⇥http.Error(w, err.Error(), 400)⏎⇥⇥return⏎⇥}⏎⇥fmt.Fprint(w, val)⏎}
lua | lines:L *lua.LState, msg *Message | if err := L.DoString(msg.«Script|Code|Body»); err != nil {«!»⏎⇥return err⏎}
plugin | lines:r *http.Request | p, err := plugin.Open(r.FormValue("«plugin|path|module»"))
tmpl | lines:w http.ResponseWriter, r *http.Request | t, err := template.New("page").Parse("<p>" + r.FormValue("«w»") + "</p>")«!»⏎if err != nil {⏎⇥return⏎}⏎t.Execute(w, s)
"""
_EVAL_GO_ALIKE = r"""
script | lines | vm := goja.New()⏎if _, err := vm.RunString(«bundledScript|preludeJS|"var exports = {};"»); err != nil {⏎⇥return err⏎}
lua | lines:L *lua.LState | if err := L.DoString(«embeddedLua|"return 1 + 1"|initScript»); err != nil {⏎⇥return err⏎}
json | lines:r *http.Request | body, _ := io.ReadAll(r.Body)⏎if err := json.Unmarshal(body, &«v1»); err != nil {⏎⇥return err⏎}
tmpl | lines:w http.ResponseWriter, r *http.Request | t := template.Must(template.New("page").Parse("<p>{{.}}</p>"))⏎t.Execute(w, r.FormValue("«w»"))
"""
_EVAL_RUST = r"""
rhai | top | async fn «f»(body: String) -> Result<String, Error> {⏎⇥let engine = Engine::new();⏎⇥let value = engine.eval::<«i64|Dynamic|String»>(&body)?;«!»⏎⇥Ok(value.to_string())⏎}
lua | lines:lua: &Lua, msg: &Message | lua.load(&msg.«script|code|body»).exec()?;
lib | lines:req: &Request | let lib = unsafe { Library::new(&req.«plugin|path|module»)? };
"""
_EVAL_RUST_ALIKE = r"""
rhai | lines | let value = engine.eval::<i64>(«"40 + 2"|include_str!("«w».rhai")|SCRIPT»)?;
lua | lines:lua: &Lua | lua.load(include_str!("«w».lua")).exec()?;
parse | lines:body: String | let value: i64 = body.trim().parse()?;
"""
_EVAL_CC = r"""
lua | lines:lua_State *L, int §fd§ | char buf[1024];⏎ssize_t n = recv(§fd§, buf, sizeof(buf) - 1, 0);⏎if (n <= 0)⏎⇥return -1;⏎buf[n] = '\0';⏎if («luaL_dostring(L, buf)|luaL_loadstring(L, buf) || lua_pcall(L, 0, 0, 0)»)«!»⏎⇥return -1;
py | lines:const char *«v1» | «PyRun_SimpleString|PyRun_String»(«v1»«|, Py_eval_input, globals, locals»);
dl | lines:struct request *req | void *handle = dlopen(req->«module|plugin|path», RTLD_NOW);
duk | lines:duk_context *ctx, const char *«v1» | duk_push_string(ctx, «v1»);⏎duk_eval(ctx);«!»
""".replace("«luaL_dostring(L, buf)|luaL_loadstring(L, buf) || lua_pcall(L, 0, 0, 0)»", "«luaL_dostring(L, buf)|luaL_loadstring(L, buf) != 0»").replace(
    "«PyRun_SimpleString|PyRun_String»(«v1»«|, Py_eval_input, globals, locals»)", "PyRun_«SimpleString(«v1»)|String(«v1», Py_eval_input, globals, locals)»")
_EVAL_CC_ALIKE = r"""
lua | lines:lua_State *L | if (luaL_dostring(L, «"require('init')"|bootstrap_lua|"collectgarbage()"»))⏎⇥return -1;
py | lines | PyRun_SimpleString(«"import sys"|"import os\n"»);
dl | lines | void *handle = dlopen(«"libm.so.6"|"libcrypto.so"|PLUGIN_PATH», RTLD_«NOW|LAZY»);
num | lines:const char *«v1» | char *end;⏎long value = strtol(«v1», &end, 10);⏎if (*end != '\0')⏎⇥return -EINVAL;
"""

# ---- secrets in the text

_SECRET_JS = r"""
defaults | top | var defaults = {⏎⇥host: '«host»',⏎⇥port: «n»,⏎⇥«secret|apiKey|password|token|secretKey|privateKey|signingKey|appSecret»: '«secret»',«!»⏎⇥timeout: «n»⏎};
commafirst | top | module.exports = {⏎⇥port: process.env.PORT || 3000⏎, «secret|sessionSecret|jwtSecret|dbPassword|api_secret»: '«secret»'«!»⏎, env: process.env.NODE_ENV⏎};
ctor | top | function §C§(§o§) {⏎⇥§o§ = §o§ || {};⏎⇥this.user = §o§.user;⏎⇥this.«secret|password|token|key|apiSecret» = §o§.«secret|password|token|key» || '«secret»';«!»⏎}
session | top | app.use(session({⏎⇥name: '«w»',⏎⇥secret: '«secret»',«!»⏎⇥resave: false,⏎⇥saveUninitialized: true⏎}));
cookieparser | top | app.use(«express.cookieParser|cookieParser|cookieSession»(«'«secret»'|{ keys: ['«secret»'] }»));
jwt | lines:user | «const|var» token = jwt.sign({ id: user.id }, '«secret»', { expiresIn: '«d»h' });«!»⏎return token;
jwtverify | lines:req, res, next | jwt.verify(req.headers.authorization, '«secret»', function (err, decoded) {«!»⏎⇥if (err) return res.status(401).end();⏎⇥req.user = decoded;⏎⇥next();⏎});
cipher | lines:«v1» | «var|const» cipher = crypto.createCipher«('aes-256-cbc', '«secret»')|iv('aes-256-cbc', '«secret»', iv)»;«!»⏎return cipher.update(«v1», 'utf8', 'hex') + cipher.final('hex');
hmac | lines:«v1» | return crypto.createHmac('sha256', '«secret»').update(«v1»).digest('hex');
mail | lines | «const|var» transporter = nodemailer.createTransport({⏎⇥service: 'gmail',⏎⇥auth: { user: '«w»@«host»', pass: '«secret»' },«!»⏎});
aws | lines | AWS.config.update({⏎⇥accessKeyId: process.env.KEY_ID,⏎⇥secretAccessKey: '«secret»',«!»⏎⇥region: 'us-east-1'⏎});
tsclass | top | export class «P1»Service {⏎⇥private readonly «apiKey|secret|signingKey|accessToken|clientSecret» = '«secret»';«!»⏎⏎⇥«f»(): string {⏎⇥⇥return this.«camel»;⏎⇥}⏎}
mongo | top | mongoose.connect('mongodb://«admin|root|app»:«secret»@«host»:27017/«w»');
dbconn | lines | «var|const» pool = «mysql|pg|mssql».«createPool|Pool|connect»({⏎⇥host: '«host»',⏎⇥user: 'root',⏎⇥password: '«secret»',«!»⏎⇥database: '«w»'⏎});
"""
_SECRET_JS = _SECRET_JS.replace("mongodb://«admin|root|app»:«secret»@", "mongodb://«admin|root|app»:«hex»«hex»@")
_SECRET_JS_ALIKE = r"""
defaults | top | var defaults = {⏎⇥host: '«host»',⏎⇥port: «n»,⏎⇥«secret|apiKey|password|token»: «null|undefined|process.env.API_SECRET|''»,⏎⇥timeout: «n»⏎};
commafirst | top | module.exports = {⏎⇥port: process.env.PORT || 3000⏎, secret: process.env.«SESSION_SECRET|JWT_SECRET»⏎, env: process.env.NODE_ENV⏎};
ctor | top | function §C§(§o§) {⏎⇥§o§ = §o§ || {};⏎⇥this.user = §o§.user;⏎⇥if (!§o§.secret) throw new Error('secret required');⏎⇥this.secret = §o§.secret;⏎}
session | top | app.use(session({⏎⇥name: '«w»',⏎⇥secret: «process.env.SESSION_SECRET|config.get('session.secret')|crypto.randomBytes(32).toString('hex')»,⏎⇥resave: false⏎}));
jwt | lines:user | «const|var» token = jwt.sign({ id: user.id }, «process.env.JWT_SECRET|config.jwtSecret|this.secret», { expiresIn: '«d»h' });⏎return token;
cipher | lines:«v1», key | «var|const» cipher = crypto.createCipheriv('aes-256-gcm', key, crypto.randomBytes(12));⏎return cipher.update(«v1», 'utf8', 'hex') + cipher.final('hex');
mail | lines | «const|var» transporter = nodemailer.createTransport({⏎⇥service: 'gmail',⏎⇥auth: { user: process.env.MAIL_USER, pass: process.env.MAIL_PASS },⏎});
aws | lines | AWS.config.update({⏎⇥secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,⏎⇥region: 'us-east-1'⏎});
prompt | lines:§cb§ | prompt.get([{ name: 'password', hidden: true, description: '«prose»' }], §cb§);
names | top | var «TOKEN_HEADER|SECRET_FIELD|PASSWORD_KEY» = '«x-auth-token|client_secret|user_password|authorization»';
cli | top | program.option('-p, --password <«password|pw|secret»>', '«prose»');
tsclass | top | export class «P1»Service {⏎⇥constructor(private readonly apiKey: string) {}⏎⏎⇥headers() {⏎⇥⇥return { Authorization: `Bearer ${this.apiKey}` };⏎⇥}⏎}
"""
_SECRET_GO = r"""
jwt | top | func «F»(user *User) (string, error) {⏎⇥token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": user.ID})⏎⇥return token.SignedString([]byte("«secret»"))«!»⏎}
var | top | var «jwtKey|secretKey|signingKey|hmacSecret|sessionKey|cookieKey|apiToken» = «[]byte("«secret»")|"«secret»"»
cookie | top | var store = sessions.NewCookieStore([]byte("«secret»"))
basic | lines:r *http.Request | user, pass, ok := r.BasicAuth()⏎if !ok || user != "admin" || pass != "«secret»" {«!»⏎⇥return false⏎}
header | lines:req *http.Request | req.Header.Set("«Authorization", "Bearer |X-Api-Key", "|X-Auth-Token", "»«secret»")
"""
_SECRET_GO_ALIKE = r"""
jwt | top | func (s *Server) «F»(user *User) (string, error) {⏎⇥token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": user.ID})⏎⇥return token.SignedString(s.«key|secret»)⏎}
var | top | var «jwtKey|secretKey|signingKey» = []byte(os.Getenv("«JWT_KEY|SECRET_KEY|APP_SECRET»"))
cookie | top | var store = sessions.NewCookieStore(securecookie.GenerateRandomKey(32))
flag | lines | password := flag.String("password", "", "«prose»")⏎flag.Parse()
header | lines:req *http.Request | req.Header.Set("Authorization", "Bearer "+c.token)
"""
_SECRET_RUST = r"""
const | top | «pub |»const «JWT_SECRET|API_KEY|SIGNING_KEY|ADMIN_PASSWORD|ENCRYPTION_KEY»: «&str = "«secret»"|&[u8] = b"«secret»"»;
jwt | lines:claims: &Claims | let token = encode(&Header::default(), claims, &EncodingKey::from_secret("«secret»".as_ref()))?;
auth | lines:client: &Client | let response = client.get(url).«bearer_auth("«secret»")|basic_auth("admin", Some("«secret»"))|header("X-Api-Key", "«secret»")».send().await?;«!»
default | top | impl Default for Config {⏎⇥fn default() -> Self {⏎⇥⇥Config {⏎⇥⇥⇥host: "«host»".into(),⏎⇥⇥⇥«password|secret|token|api_key»: "«secret»".«into|to_string»(),«!»⏎⇥⇥}⏎⇥}⏎}
"""
_SECRET_RUST_ALIKE = r"""
const | lines | let secret = env::var("«JWT_SECRET|API_KEY|SIGNING_KEY»")«?|.expect("«prose»")»;
jwt | lines:claims: &Claims, secret: &[u8] | let token = encode(&Header::default(), claims, &EncodingKey::from_secret(secret))?;
auth | lines:client: &Client, token: &str | let response = client.get(url).bearer_auth(token).send().await?;
default | top | impl Default for Config {⏎⇥fn default() -> Self {⏎⇥⇥Config {⏎⇥⇥⇥host: "«host»".into(),⏎⇥⇥⇥«password|secret|token|api_key»: «String::new()|None|Default::default()»,⏎⇥⇥}⏎⇥}⏎}
"""
_SECRET_CC = r"""
define | top | #define «DEFAULT_PASSWORD|ADMIN_PASS|AUTH_TOKEN|SECRET_KEY|TELNET_PASSWORD|BACKDOOR_PW|MASTER_KEY» "«secret»"
cmp | lines:const char *§pw§ | if (strcmp(§pw§, "«secret»") == 0) {«!»⏎⇥session->auth = 1;⏎⇥return 0;⏎}
key | top | static const «char|unsigned char» «aes_key|hmac_key|secret_key|wifi_psk|root_password»[] = "«secret»";
mysql | lines | if (!mysql_real_connect(conn, "«host»", "root", "«secret»", "«w»", 0, NULL, 0)) {«!»⏎⇥fprintf(stderr, "%s\n", mysql_error(conn));⏎⇥return -1;⏎}
curl | lines | curl_easy_setopt(curl, CURLOPT_«USERPWD, "admin:|PASSWORD, "»«secret»");
setkey | lines | «AES_set_encrypt_key((const unsigned char *)"«secret»", 128, &key);|HMAC_Init_ex(ctx, "«secret»", 16, EVP_sha256(), NULL);|strcpy(conf.password, "«secret»");»«!»
"""
_SECRET_CC_ALIKE = r"""
define | top | #define «PASSWORD_FILE|SECRET_PATH|TOKEN_PATH» "/etc/«w»/«passwd|secret|token»"
cmp | lines:const char *§pw§ | if (CRYPTO_memcmp(digest, stored->digest, sizeof(digest)) == 0) {⏎⇥session->auth = 1;⏎⇥return 0;⏎}
env | lines | const char *§pw§ = getenv("«DB_PASSWORD|API_TOKEN»");⏎if (!§pw§)⏎⇥return -1;
opt | top | { "password", required_argument, NULL, 'p' },
prompt | lines | char *«pw|pass» = getpass("«Password|Passphrase|Enter password»: ");
mysql | lines | if (!mysql_real_connect(conn, conf.host, conf.user, conf.password, "«w»", 0, NULL, 0))⏎⇥return -1;
"""

# ---- digests by purpose

_HASH_JS = r"""
model | top | UserSchema.methods.«setPassword|hashPassword|encrypt» = function (§pw§) {⏎⇥return crypto.createHash('§MD§').update(§pw§).digest('hex');«!»⏎};
hook | top | UserSchema.pre('save', function (next) {⏎⇥this.password = «crypto.createHash('§MD§').update(this.password).digest('hex')|md5(this.password)|sha1(this.salt + this.password)»;«!»⏎⇥next();⏎});
exportsfn | top | exports.«hashPassword|encryptPassword|cryptPwd|makeHash» = function (§pw§, salt) {⏎⇥var hash = crypto.createHash('§MD§');«!»⏎⇥hash.update(salt + §pw§);«?»⏎⇥return hash.digest('hex');⏎};
login | lines:req, §cb§ | User.findOne({ name: req.body.name, password: «md5(req.body.password)|sha1(req.body.password)|crypto.createHash('§MD§').update(req.body.password).digest('hex')» }, §cb§);«!»
compare | lines:user, §pw§ | return («md5(§pw§)|md5(user.salt + §pw§)|sha1(§pw§)» === user.password_hash);«!»
compareif | lines:user, §pw§, §cb§ | if (crypto.createHash('§MD§').update(§pw§ + user.salt).digest('hex') !== user.passwordHash) {«!»⏎⇥return §cb§(null, false);⏎}⏎§cb§(null, user);
sign | lines:params, secret | «var|const» str = Object.keys(params).sort().map(k => k + '=' + params[k]).join('&');⏎params.sign = «md5(str + '&key=' + secret)|crypto.createHash('§MD§').update(str + secret).digest('hex').toUpperCase()|sha1(secret + str)»;«!»⏎return params;
webhook | lines:req, §o§ | «var|const» expected = 'sha1=' + crypto.createHash('sha1').update(§o§.secret + req.rawBody).digest('hex');«!»⏎return expected === req.headers['x-signature'];
token | lines:user | «var|const» «resetToken|sessionId|authToken» = «md5(user.email + Date.now())|crypto.createHash('§MD§').update(user.id + ':' + Date.now()).digest('hex')»;
chained | lines:§pw§ | return crypto⏎⇥.createHash('§MD§')«!»⏎⇥.update(§pw§, 'utf8')⏎⇥.digest('«hex|base64»');
tsclass | top | export class PasswordService {⏎⇥public hash(password: string, salt: string): string {⏎⇥⇥return createHash('§MD§').update(salt + password).digest('hex');«!»⏎⇥}⏎}
basicfile | lines:§pw§ | return '{SHA}' + crypto.createHash('sha1').update(§pw§).digest('base64');
"""
_HASH_JS_ALIKE = r"""
model | top | UserSchema.methods.setPassword = function (§pw§) {⏎⇥this.salt = crypto.randomBytes(16).toString('hex');⏎⇥this.hash = crypto.pbkdf2Sync(§pw§, this.salt, 100000, 64, 'sha512').toString('hex');⏎};
hook | top | UserSchema.pre('save', function (next) {⏎⇥this.password = bcrypt.hashSync(this.password, 10);⏎⇥next();⏎});
exportsfn | top | exports.«hashFile|fileHash|checksum» = function (file) {⏎⇥var hash = crypto.createHash('§MD§');⏎⇥hash.update(fs.readFileSync(file));⏎⇥return hash.digest('hex');⏎};
etag | lines:body, res | res.setHeader('ETag', '"' + crypto.createHash('§MD§').update(body).digest('«hex|base64»') + '"');
cachefile | lines:§url§ | return path.join(os.tmpdir(), crypto.createHash('§MD§').update(§url§).digest('hex') + '.«json|cache|png»');
revision | lines:contents | «var|const» rev = crypto.createHash('§MD§').update(contents).digest('hex').slice(0, 8);⏎return file.replace(/(\.\w+)$/, '-' + rev + '$1');
gravatar | lines:email | return 'https://«host»/avatar/' + md5(email.trim().toLowerCase()) + '?s=' + «n»;
sign | lines:params, secret | «var|const» str = Object.keys(params).sort().map(k => k + '=' + params[k]).join('&');⏎params.sign = crypto.createHmac('sha256', secret).update(str).digest('hex');⏎return params;
webhook | lines:req, §o§ | const mac = crypto.createHmac('sha256', §o§.secret).update(req.rawBody).digest();⏎return crypto.timingSafeEqual(mac, Buffer.from(req.headers['x-signature'], 'hex'));
websocket | lines:req | const accept = crypto.createHash('sha1').update(req.headers['sec-websocket-key'] + WS_GUID).digest('base64');
chained | lines:stream, §cb§ | stream.pipe(crypto.createHash('«md5|sha1»')).once('finish', function () {⏎⇥§cb§(null, this.read().toString('hex'));⏎});
tsclass | top | export class PasswordService {⏎⇥public async hash(password: string): Promise<string> {⏎⇥⇥return argon2.hash(password);⏎⇥}⏎}
compare | lines:user, §pw§ | return bcrypt.compare(§pw§, user.password_hash);
"""
_HASH_GO = r"""
user | top | func (u *User) «SetPassword|HashPassword»(password string) {⏎⇥h := §MD§.New()⏎⇥io.WriteString(h, «password|u.Salt+password»)⏎⇥u.Password = hex.EncodeToString(h.Sum(nil))«!»⏎}
check | lines:user *User, password string | if fmt.Sprintf("%x", §MD§.Sum([]byte(password+user.Salt))) != user.Password {«!»⏎⇥return errors.New("«prose»")⏎}
token | lines:user *User | token := fmt.Sprintf("%x", §MD§.Sum([]byte(user.Email+time.Now().String())))
sign | lines:params url.Values, secret string | sum := md5.Sum([]byte(params.Encode() + "&key=" + secret))«!»⏎params.Set("sign", hex.EncodeToString(sum[:]))
"""
_HASH_GO_ALIKE = r"""
user | top | func (u *User) SetPassword(password string) error {⏎⇥hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥u.Password = string(hash)⏎⇥return nil⏎}
file | lines:f *os.File | h := §MD§.New()⏎if _, err := io.Copy(h, f); err != nil {⏎⇥return "", err⏎}⏎return hex.EncodeToString(h.Sum(nil)), nil
etag | lines:w http.ResponseWriter, body []byte | w.Header().Set("ETag", fmt.Sprintf("%x", §MD§.Sum(body)))
sign | lines:body, secret []byte | mac := hmac.New(sha256.New, secret)⏎mac.Write(body)⏎return hex.EncodeToString(mac.Sum(nil))
"""
_HASH_RUST = r"""
pw | lines:password: &str | let hash = format!("{:x}", «md5::compute(password)|Md5::digest(password.as_bytes())|Sha1::digest(password)»);
hasher | lines:password: &str, salt: &str | let mut hasher = «Md5|Sha1»::new();«!»⏎hasher.update(salt.as_bytes());«?»⏎hasher.update(password.as_bytes());«?»⏎let stored = hex::encode(hasher.finalize());
verify | lines:user: &User, password: &str | if format!("{:x}", md5::compute(format!("{}{}", user.salt, password))) != user.password_hash {«!»⏎⇥return Err(Error::Denied);⏎}
sign | lines:body: &str, secret: &str | let signature = format!("{:x}", «md5::compute|Sha1::digest»(format!("{}{}", secret, body)));
"""
_HASH_RUST_ALIKE = r"""
pw | lines:password: &str | let hash = bcrypt::hash(password, bcrypt::DEFAULT_COST)?;
file | lines:data: &[u8] | let checksum = format!("{:x}", «md5::compute(data)|Sha1::digest(data)»);
etag | lines:body: &[u8] | headers.insert(ETAG, format!("\"{:x}\"", md5::compute(body)).parse()?);
sign | lines:body: &[u8], secret: &[u8] | let mut mac = Hmac::<Sha256>::new_from_slice(secret)?;⏎mac.update(body);
"""
_HASH_CC = r"""
pw | lines:const char *§pw§ | unsigned char digest[«SHA_DIGEST_LENGTH|20|EVP_MAX_MD_SIZE»];⏎«MD5|SHA1»((const unsigned char *)§pw§, strlen(§pw§), digest);«!»⏎return memcmp(digest, user->digest, sizeof(digest)) == 0;
ctx | lines:const char *user, const char *password | MD5_CTX ctx;⏎MD5_Init(&ctx);«!»⏎MD5_Update(&ctx, user, strlen(user));«?»⏎MD5_Update(&ctx, password, strlen(password));«?»⏎MD5_Final(digest, &ctx);«?»
crypt | lines:const char *password | char *hash = crypt(password, «"$1$«hex»$"|"ab"|salt_des»);
evp | lines:const char *password | EVP_Digest(password, strlen(password), digest, &len, «EVP_md5()|EVP_sha1()», NULL);
"""
_HASH_CC_ALIKE = r"""
file | lines:FILE *fp | MD5_CTX ctx;⏎MD5_Init(&ctx);⏎while ((n = fread(buf, 1, sizeof(buf), fp)) > 0)⏎⇥MD5_Update(&ctx, buf, n);⏎MD5_Final(checksum, &ctx);
pw | lines:const char *password | if (PKCS5_PBKDF2_HMAC(password, strlen(password), salt, sizeof(salt), 100000, EVP_sha256(), 32, out) != 1)⏎⇥return -1;
crypt | lines:const char *password | char *hash = crypt(password, crypt_gensalt("$2b$", 12, NULL, 0));
bucket | lines:const char *key | SHA1((const unsigned char *)key, strlen(key), «block_id|cache_key|etag»);
"""

# ---- values that should not be guessed

_RANDOM_JS = r"""
id36 | top | exports.«generateToken|createSessionId|makeSecret|newApiKey|randomPassword|genNonce» = function () {⏎⇥return Math.random().toString(36).«substr(2)|slice(2, 18)|substring(7)»«| + Date.now().toString(36)»;«!»⏎};
password | lines:length | var chars = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789', password = '';⏎for (var i = 0; i < length; i++) {⏎⇥password += «chars.charAt(Math.floor(Math.random() * chars.length))|chars[Math.random() * chars.length «bar» 0]»;«!»⏎}⏎return password;
kept | top | function §C§(§o§) {⏎⇥this.host = §o§.host;⏎⇥this.«token|secret|sessionKey|csrf|nonce» = §o§.«token|secret|key» || «Math.random().toString(36).slice(2)|String(Math.random()).slice(2)|Math.floor(Math.random() * 1e16).toString(16)»;«!»⏎}
session | lines:req, res | «var|const|let» §tok§ = «Math.random().toString(16).slice(2)|'s' + Math.floor(Math.random() * 1e9)|md5(Math.random() + '' + Date.now())»;«!»⏎res.setHeader('Set-Cookie', 'sid=' + §tok§);
reset | lines:user, §cb§ | user.«resetToken|resetPasswordToken|activationCode|verifyToken» = «Math.random().toString(36).substring(2)|Math.floor(100000 + Math.random() * 900000)|sha1(String(Math.random()))»;«!»⏎user.save(§cb§);
arrfill | lines | return Array(«16|32|20»)⏎⇥.fill(0)⏎⇥.map(() => TOKEN_CHARS[Math.floor(Math.random() * TOKEN_CHARS.length)])«!»⏎⇥.join('');
otp | lines:phone, §cb§ | «var|const» «otp|code|pin|verifyCode» = «Math.floor(1000 + Math.random() * 9000)|Math.random().toString().substr(2, 6)|('000000' + Math.floor(Math.random() * 1e6)).slice(-6)»;«!»⏎sms.send(phone, '«prose»', §cb§);
bytes | lines:n | «var|const» «key|iv|salt|secret» = Buffer.alloc(n);⏎for (let i = 0; i < n; i++) «key|iv|salt|secret»[i] = Math.floor(Math.random() * 256);«!»
noncefn | lines:len | «var|const» nonce = [];⏎while (nonce.length < len) nonce.push(Math.floor(Math.random() * 36).toString(36));«!»⏎return nonce.join('');
csrf | lines:req, res, next | if (!req.session.csrf) {⏎⇥req.session.csrf = «Math.random().toString(36).slice(2)|(Math.random() * 1e17).toString(36)|Date.now() + '' + Math.random()»;«!»⏎}⏎next();
tsclass | top | export class TokenService {⏎⇥private tokens = new Map<string, string>();⏎⏎⇥issue(userId: string): string {⏎⇥⇥const token = `${Date.now()}-${Math.random().toString(36).slice(2)}`;«!»⏎⇥⇥this.tokens.set(token, userId);⏎⇥⇥return token;⏎⇥}⏎}
fallback | lines:n | try {⏎⇥return crypto.randomBytes(n);⏎} catch (e) {⏎⇥var «key|secret|seed» = [];⏎⇥for (var i = 0; i < n; i++) «key|secret|seed».push(Math.random() * 256 | 0);«!»⏎⇥return «key|secret|seed»;⏎}
"""
_RANDOM_JS = _RANDOM_JS.replace("«key|iv|salt|secret»", "§kk§").replace("«key|secret|seed»", "§kk§").replace("= Buffer.alloc", "= Buffer.alloc")
_RANDOM_JS_ALIKE = r"""
id36 | top | exports.«generateToken|createSessionId|makeSecret|newApiKey» = function () {⏎⇥return crypto.randomBytes(«16|24|32»).toString('«hex|base64»');⏎};
elementid | lines:el | el.id = '«dash»-' + Math.random().toString(36).substr(2, 5);
password | lines:length | var chars = 'abcdefghijkmnpqrstuvwxyz23456789', password = '';⏎for (var i = 0; i < length; i++) {⏎⇥password += chars.charAt(crypto.randomInt(chars.length));⏎}⏎return password;
kept | top | function §C§(§o§) {⏎⇥this.host = §o§.host;⏎⇥this.«delay|jitter|offset» = §o§.«delay|jitter» || Math.floor(Math.random() * «n»);⏎}
session | lines:req, res | const sid = «crypto.randomUUID()|uuid.v4()|nanoid()|uid.sync(24)»;⏎res.setHeader('Set-Cookie', 'sid=' + sid);
reset | lines:user, §cb§ | user.resetToken = crypto.randomBytes(20).toString('hex');⏎user.save(§cb§);
retry | lines:attempt | «var|const» delay = Math.min(«n», Math.pow(2, attempt) * 100 + Math.random() * 100);⏎setTimeout(«f», delay);
shuffle | lines:items | for (let i = items.length - 1; i > 0; i--) {⏎⇥const j = Math.floor(Math.random() * (i + 1));⏎⇥[items[i], items[j]] = [items[j], items[i]];⏎}⏎return items;
pick | lines:list | return list[Math.floor(Math.random() * list.length)];
tmpname | lines | «var|const» «boundary|tmpFile|color|seed|x» = «'----' + Math.random().toString(16).slice(2)|'#' + Math.floor(Math.random() * 16777215).toString(16)»;
bytes | lines:n | const key = crypto.getRandomValues(new Uint8Array(n));⏎return Buffer.from(key).toString('hex');
tsclass | top | export class TokenService {⏎⇥issue(userId: string): string {⏎⇥⇥const token = randomBytes(32).toString('base64url');⏎⇥⇥this.tokens.set(token, userId);⏎⇥⇥return token;⏎⇥}⏎}
game | lines | this.«x|y|speed|angle» = Math.random() * «this.width|canvas.height|360|10»;
"""
_RANDOM_GO = r"""
letters | top | func «randToken|generatePassword|NewSessionID|RandomSecret|makeAPIKey»(n int) string {⏎⇥b := make([]byte, n)⏎⇥for i := range b {⏎⇥⇥b[i] = letters[rand.Intn(len(letters))]«!»⏎⇥}⏎⇥return string(b)⏎}
seed | top | func NewToken() string {⏎⇥r := rand.New(rand.NewSource(time.Now().UnixNano()))«!»⏎⇥return fmt.Sprintf("%016x", r.Uint64())«?»⏎}
cookie | lines:w http.ResponseWriter | http.SetCookie(w, &http.Cookie{Name: "session", Value: strconv.Itoa(«rand.Int()|rand.Intn(1000000)»)})
otp | lines:user *User | user.«OTP|ResetCode|Pin» = fmt.Sprintf("%06d", rand.Intn(1000000))
"""
_RANDOM_GO_ALIKE = r"""
letters | top | func randToken(n int) (string, error) {⏎⇥b := make([]byte, n)⏎⇥if _, err := crand.Read(b); err != nil {⏎⇥⇥return "", err⏎⇥}⏎⇥return hex.EncodeToString(b), nil⏎}
backoff | lines:attempt int | time.Sleep(time.Duration(rand.Intn(1000)) * time.Millisecond)
pick | lines:hosts []string | return hosts[rand.Intn(len(hosts))]
shuffle | lines:items []«P» | rand.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
big | lines:user *User | n, err := crand.Int(crand.Reader, big.NewInt(1000000))⏎if err != nil {⏎⇥return err⏎}⏎user.OTP = fmt.Sprintf("%06d", n)
"""
_RANDOM_RUST = r"""
small | top | fn «new_token|generate_session_id|random_secret|make_nonce»() -> String {⏎⇥let mut rng = «SmallRng::from_entropy()|StdRng::seed_from_u64(42)|fastrand::Rng::new()»;«!»⏎⇥(0..32).map(|_| CHARSET[rng.«gen_range|usize»(0..CHARSET.len())] as char).collect()«?»⏎}
seeded | lines | let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();⏎let mut rng = «StdRng|SmallRng|ChaCha8Rng»::seed_from_u64(seed);«!»⏎rng.fill(&mut self.«secret_key|session_key|token»);«?»
oorand | lines | let «token|session_id|api_key|csrf_token» = format!("{:016x}", «fastrand::u64(..)|oorand::Rand64::new(now).rand_u64()»);
"""
_RANDOM_RUST_ALIKE = r"""
os | top | fn new_token() -> String {⏎⇥let mut bytes = [0u8; 32];⏎⇥OsRng.fill_bytes(&mut bytes);⏎⇥hex::encode(bytes)⏎}
jitter | lines | let delay = Duration::from_millis(«fastrand::u64(0..500)|rng.gen_range(0..500)»);
test | lines | let mut rng = StdRng::seed_from_u64(«42|7»);⏎let samples: Vec<f64> = (0..100).map(|_| rng.gen()).collect();
uuid | lines | let session_id = Uuid::new_v4().to_string();
"""
_RANDOM_CC = r"""
key | lines:unsigned char *key, size_t len | size_t i;⏎⏎srand(«time(NULL)|getpid() ^ time(NULL)|time(0)»);«!»⏎for (i = 0; i < len; i++)⏎⇥key[i] = rand() & 0xff;«?»
session | lines:struct session *s | snprintf(s->«id|cookie|token», sizeof(s->«id|cookie|token»), "%08x%08x", «rand(), rand()|(unsigned)random(), (unsigned)random()|(unsigned)time(NULL), rand()»);«!»
password | lines:char *out, int n | static const char set[] = "abcdefghijklmnopqrstuvwxyz0123456789";⏎while (n--)⏎⇥*out++ = set[rand() % (sizeof(set) - 1)];«?»⏎*out = '\0';⏎«user->temp_password|s->secret» = rand();«!»
nonce | lines:uint8_t *nonce | for (int i = 0; i < «8|12|16»; i++)⏎⇥nonce[i] = (uint8_t)«rand()|random()|(rand() % 256)|lrand48()»;«!»
iv | lines:EVP_CIPHER_CTX *ctx, const unsigned char *key | unsigned char iv[16];⏎for (int i = 0; i < 16; i++)⏎⇥iv[i] = rand() % 256;«!»⏎EVP_EncryptInit_ex(ctx, EVP_aes_256_cbc(), NULL, key, iv);
""".replace("password | lines:char *out, int n | static const char set[] = \"abcdefghijklmnopqrstuvwxyz0123456789\";⏎while (n--)⏎⇥*out++ = set[rand() % (sizeof(set) - 1)];«?»⏎*out = '\\0';⏎«user->temp_password|s->secret» = rand();«!»",
            "password | lines:char *passwd, int n | static const char set[] = \"abcdefghijklmnopqrstuvwxyz0123456789\";⏎while (n--)⏎⇥*passwd++ = set[rand() % (sizeof(set) - 1)];«!»⏎*passwd = '\\0';").replace(
            "s->«id|cookie|token»", "s->§tok§")
_RANDOM_CC_ALIKE = r"""
key | lines:unsigned char *key, size_t len | «if (getrandom(key, len, 0) != (ssize_t)len)|if (RAND_bytes(key, (int)len) != 1)»⏎⇥return -1;
urandom | lines:unsigned char *key, size_t len | FILE *fp = fopen("/dev/urandom", "rb");⏎if (!fp || fread(key, 1, len, fp) != len)⏎⇥return -1;
jitter | lines | usleep(rand() % «1000|50000»);
noise | lines:float *samples, int n | for (int i = 0; i < n; i++)⏎⇥samples[i] = (float)rand() / RAND_MAX;
pick | lines | return &servers[rand() % nservers];
dice | lines | «player->x|enemy.dir|tile» = rand() % «6|width|4»;
port | lines | port = 49152 + «rand()|random()» % 1000;
"""

# ---- objects from outside

_DESER_JS = r"""
cookie | lines:req, res | if (req.cookies.«profile|session|user|state») {⏎⇥«var|const» str = Buffer.from(req.cookies.«profile|session|user|state», 'base64').toString();⏎⇥«var|const» obj = «serialize|nodeSerialize|require('node-serialize')».unserialize(str);«!»⏎⇥res.send('«prose»');⏎}
yamlload | lines:§file§ | «var|const» yaml = require('js-yaml');⏎return yaml.load(fs.readFileSync(§file§, 'utf8')«|, { schema: yaml.DEFAULT_FULL_SCHEMA }|, { filename: §file§ }»);«!»
yamlbody | lines:req, res | «try {⏎⇥res.json(yaml.load(req.body.«w»));«!»⏎} catch (e) {⏎⇥res.status(400).end();⏎}|const doc = yaml.load(req.rawBody.toString());«!»⏎res.json(doc);»
funcster | lines:req, res | «var|const» obj = funcster.deepDeserialize(«req.body|JSON.parse(req.body.data)»);«!»⏎res.json(obj.run());
cryo | lines:«v1» | return «cryo.parse|serializr.deepParse|unserialize|serialijse.deserialize|nodeSerialize.unserialize|jsonfn.parse|Flatted.revive|JSONfn.parse»(«v1»);
socket | lines:socket | socket.on('«message|data|job»', function (data) {⏎⇥«var|const» job = «serialize.unserialize(data.toString())|serialijse.deserialize(data)|cryo.parse(data)»;«!»⏎⇥job.run();⏎});
redis | lines:key, §cb§ | client.get(key, function (err, raw) {⏎⇥if (err) return §cb§(err);⏎⇥§cb§(null, «serialize.unserialize(raw)|serialijse.deserialize(raw)|eval('(' + raw + ')')|cryo.parse(raw)»);«!»⏎});
front | lines:text | «var|const» match = /^---\n([\s\S]+?)\n---/.exec(text);⏎return match ? yaml.load(match[1]«|, { schema: yaml.DEFAULT_FULL_SCHEMA }») : {};«!»
class | top | «P1»Loader.prototype.«load|read|parse» = function (§src§) {⏎⇥this.data = «jsyaml|yaml».load(§src§, { schema: «jsyaml|yaml».DEFAULT_FULL_SCHEMA });«!»⏎⇥return this;⏎};
tsclass | top | export class SessionStore {⏎⇥restore(raw: string): Session {⏎⇥⇥return «unserialize(raw)|serialize.unserialize(raw) as Session|cryo.parse(raw)»;«!»⏎⇥}⏎}
""".replace("|eval('(' + raw + ')')", "").replace("«profile|session|user|state»", "§ck§").replace("|Flatted.revive", "")
_DESER_JS_ALIKE = r"""
cookie | lines:req, res | if (req.cookies.§ck§) {⏎⇥«var|const» str = Buffer.from(req.cookies.§ck§, 'base64').toString();⏎⇥«var|const» obj = JSON.parse(str);⏎⇥res.json(obj.name);⏎}
yamlload | lines:§file§ | «var|const» yaml = require('js-yaml');⏎return yaml.«safeLoad(fs.readFileSync(§file§, 'utf8'))|load(fs.readFileSync(§file§, 'utf8'), { schema: yaml.«JSON_SCHEMA|FAILSAFE_SCHEMA|SAFE_SCHEMA» })»;
yamlbody | lines:req, res | try {⏎⇥res.json(yaml.safeLoad(req.body.«w»));⏎} catch (e) {⏎⇥res.status(400).end();⏎}
dump | lines:«v1» | return «serialize(«v1», { isJSON: true })|yaml.dump(«v1»)|nodeSerialize.serialize(«v1»)|v8.serialize(«v1»)|YAML.stringify(«v1»)»;
socket | lines:socket | socket.on('message', function (data) {⏎⇥«var|const» job = JSON.parse(data.toString());⏎⇥handlers[job.type] && «f»(job);⏎});
redis | lines:key, §cb§ | client.get(key, function (err, raw) {⏎⇥if (err) return §cb§(err);⏎⇥§cb§(null, JSON.parse(raw));⏎});
front | lines:text | «var|const» match = /^---\n([\s\S]+?)\n---/.exec(text);⏎return match ? yaml.safeLoad(match[1]) : {};
class | top | «P1»Loader.prototype.load = function (§src§) {⏎⇥this.data = «JSON.parse(§src§)|toml.parse(§src§)|ini.parse(§src§)|YAML.safeLoad(§src§)»;⏎⇥return this;⏎};
form | lines:«v1» | «var|const» body = $('#«dash»').serialize();⏎$.post('/«w»', body);
tsclass | top | export class SessionStore {⏎⇥restore(raw: string): Session {⏎⇥⇥return schema.parse(JSON.parse(raw));⏎⇥}⏎}
"""

# ---- markup

_XSS_JS = r"""
send | top | app.get('/«w»', function (req, res) {⏎⇥«res.send|res.end|res.write»(«'<h1>«W» ' + req.query.«w» + '</h1>'|`<p>${req.query.«w»}</p>`|'<html><body>' + req.params.«w» + '</body></html>'»);«!»⏎});
notfound | lines:req, res | res.writeHead(404, { 'Content-Type': 'text/html' });⏎res.end(«'<h1>Cannot GET ' + req.url + '</h1>'|`<p>${decodeURIComponent(req.url)} not found</p>`|'<pre>' + req.method + ' ' + req.path + '</pre>'»);«!»
dirlist | lines:files, res | res.write('<ul>');⏎files.forEach(function (§file§) {⏎⇥res.write(«'<li><a href="' + §file§ + '">' + §file§ + '</a></li>'|`<li><a href="${§file§}">${§file§}</a></li>`»);«!»⏎});⏎res.end('</ul>');
link | top | «P1»Renderer.prototype.link = function («w1», title, text) {⏎⇥var out = '<a href="' + «w1» + '"';«?»⏎⇥if (title) out += ' title="' + title + '"';«?»⏎⇥return '<a href="' + «w1» + '" title="' + title + '">' + text + '</a>';«!»⏎};
image | lines:§url§, alt | return «'<img src="' + §url§ + '" alt="' + alt + '">'|`<img src="${§url§}" alt="${alt}"/>`|['<img src="', §url§, '" alt="', alt, '">'].join('')»;
jq | lines:§text§ | «$('#«dash»')|$(this.el)|$el|self.$el|jQuery('.«dash»')».«html|append|prepend|after|before»(«'<§TAG§>' + §text§ + '</§TAG§>'|`<§TAG§>${§text§}</§TAG§>`|'<a href="' + §text§ + '">«w»</a>'»);«!»
ajax | lines | $.«getJSON|get|post»('/«w»', function (data) {⏎⇥$('#«dash»').«html|append»(«data.«fld»|'<li>' + data.«fld» + '</li>'»);«!»⏎});
hash | lines | «var|const» §text§ = «decodeURIComponent(location.hash.slice(1))|new URLSearchParams(location.search).get('«w»')|location.href.split('=')[1]|document.referrer»;⏎«document.getElementById('«dash»').innerHTML = §text§;|document.write('<p>' + §text§ + '</p>');|el.insertAdjacentHTML('beforeend', `<b>${§text§}</b>`);|$('#«dash»').html(§text§);»«!»
widget | top | «P1».prototype.«render|setText|setTitle|update|show» = function (§text§) {⏎⇥this.«el|element|node|container».innerHTML = «§text§|'<span>' + §text§ + '</span>'|this.options.template.replace('{text}', §text§)»;«!»⏎⇥return this;⏎};
option | lines:§o§ | «var|const» el = document.createElement('div');⏎el.className = '«dash»';⏎el.innerHTML = §o§.«title|label|content|html|message»;«!»⏎document.body.appendChild(el);
socket | lines:socket | socket.on('«message|chat|msg»', function (msg) {⏎⇥«$('#messages').append('<li>' + msg.«w» + '</li>');|list.innerHTML += `<li>${msg.text}</li>`;|document.getElementById('log').innerHTML += msg + '<br>';»«!»⏎});
maprows | lines:rows | return `<ul>${rows.map(r => `<li>${r.«fld»}</li>`).join('')}</ul>`;
accum | lines:items | var §html§ = '<ul>';⏎for (var i = 0; i < items.length; i++) {⏎⇥§html§ += '<li>' + items[i].«name|title|text» + '</li>';«?»⏎}⏎«$('#«dash»').html(§html§ + '</ul>')|list.innerHTML = §html§ + '</ul>'»;«!»
jsonp | lines:req, res | res.setHeader('Content-Type', 'text/html');⏎res.end(«req.query.callback + '(' + JSON.stringify(data) + ')'|'<script>var data = ' + JSON.stringify(req.query) + '</script>'»);«!»
react | lines:props | return <div className="«dash»" dangerouslySetInnerHTML={{ __html: «props.«body|html|content»|marked(props.text)» }} />;
marked | lines:«v1» | «document.getElementById('«dash»').innerHTML|preview.innerHTML|this.output.innerHTML» = marked(«v1»«.value|.body|, { sanitize: false }»);«!»
tsclass | top | export class TooltipView {⏎⇥constructor(private host: HTMLElement) {}⏎⏎⇥show(text: string): void {⏎⇥⇥this.host.innerHTML = `<div class="tip">${text}</div>`;«!»⏎⇥}⏎}
err | lines:err, req, res | res.status(500).send(«'<pre>' + err.message + ' ' + req.originalUrl + '</pre>'|`<h2>${req.body.«w»}: ${err.message}</h2>`»);«!»
""".replace("return '<a href=\"' + «w1» + '\" title=\"' + title + '\">' + text + '</a>';«!»", "return out + '>' + text + '</a>';«!»").replace(
    "return `<ul>${rows.map(r => `<li>${r.«fld»}</li>`).join('')}</ul>`;", "el.innerHTML = `<ul>${rows.map(r => `<li>${r.«fld»}</li>`).join('')}</ul>`;")
_XSS_JS_ALIKE = r"""
send | top | app.get('/«w»', function (req, res) {⏎⇥«res.send|res.end»('<h1>«W» ' + «escapeHtml|_.escape|he.encode|escape»(req.query.«w») + '</h1>');⏎});
json | top | app.get('/«w»', function (req, res) {⏎⇥«res.json({ «w1»: req.query.«w1» });|res.render('«w»', { «w1»: req.query.«w1» });|res.type('text/plain').send(req.query.«w»);»⏎});
notfound | lines:req, res | res.writeHead(404, { 'Content-Type': 'text/«plain|html»' });⏎res.end(«'<h1>Not found</h1>'|`<p>${escapeHtml(req.url)} not found</p>`|'404'»);
dirlist | lines:files, res | res.write('<ul>');⏎files.forEach(function (§file§) {⏎⇥res.write('<li><a href="' + encodeURIComponent(§file§) + '">' + escapeHtml(§file§) + '</a></li>');⏎});⏎res.end('</ul>');
link | top | «P1»Renderer.prototype.link = function («w1», title, text) {⏎⇥if (!/^https?:/i.test(«w1»)) return escape(text);⏎⇥return '<a href="' + escape(«w1») + '" title="' + escape(title) + '">' + escape(text) + '</a>';⏎};
jq | lines:§text§ | «$('#«dash»')|$(this.el)|self.$el».«text(§text§)|append($('<li>').text(§text§))|html('')|val(§text§)|attr('title', §text§)|html(_.escape(§text§))»;
ajax | lines | $.«getJSON|get|post»('/«w»', function (data) {⏎⇥$('#«dash»').«text(data.«fld»)|append(document.createTextNode(data.«fld»))|html(Number(data.count))»;⏎});
hash | lines | «var|const» §text§ = «decodeURIComponent(location.hash.slice(1))|new URLSearchParams(location.search).get('«w»')»;⏎document.getElementById('«dash»').textContent = §text§;
widget | top | «P1».prototype.setText = function (§text§) {⏎⇥this.el.«textContent = §text§|innerHTML = escapeHtml(§text§)|innerHTML = DOMPurify.sanitize(§text§)|firstChild.nodeValue = §text§»;⏎⇥return this;⏎};
option | lines:§o§ | «var|const» el = document.createElement('div');⏎el.className = '«dash»';⏎el.«innerHTML = '<i class="icon"></i>'|innerText = §o§.title|textContent = §o§.label»;⏎document.body.appendChild(el);
socket | lines:socket | socket.on('message', function (msg) {⏎⇥«$('#messages').append($('<li>').text(msg.«w»));|li.textContent = msg.text;»⏎});
accum | lines:items | var §html§ = '<ul>';⏎for (var i = 0; i < items.length; i++) {⏎⇥§html§ += '<li>' + escapeHtml(items[i].«name|title|text») + '</li>';⏎}⏎$('#«dash»').html(§html§ + '</ul>');
jsonp | lines:req, res | res.setHeader('Content-Type', 'application/json');⏎res.end(JSON.stringify(req.query));
react | lines:props | return <div className="«dash»">{props.«body|html|content»}</div>;
marked | lines:«v1» | preview.innerHTML = DOMPurify.sanitize(marked(«v1».value));
tsclass | top | export class TooltipView {⏎⇥constructor(private host: HTMLElement) {}⏎⏎⇥show(text: string): void {⏎⇥⇥this.host.textContent = text;⏎⇥}⏎}
"""
_XSS_GO = r"""
fprintf | top | func (s *Server) «F»(w http.ResponseWriter, r *http.Request) {⏎⇥w.Header().Set("Content-Type", "text/html")⏎⇥fmt.Fprintf(w, "<h1>«W» %s</h1>", r.«URL.Path[1:]|FormValue("«w»")|URL.Query().Get("«w»")»)«!»⏎}
html | lines:w http.ResponseWriter, r *http.Request | data := map[string]interface{}{⏎⇥"«w»": template.HTML(r.FormValue("«w»")),«!»⏎}⏎tmpl.Execute(w, data)
list | lines:w http.ResponseWriter, files []os.FileInfo | for _, f := range files {⏎⇥«io.WriteString(w, "<li>"+f.Name()+"</li>")|fmt.Fprintf(w, "<a href=\"%s\">%s</a>\n", f.Name(), f.Name())»«!»⏎}
gin | lines:c *gin.Context | c.Data(200, "text/html; charset=utf-8", []byte("<p>"+c.Query("«w»")+"</p>"))
"""
_XSS_GO_ALIKE = r"""
fprintf | top | func (s *Server) «F»(w http.ResponseWriter, r *http.Request) {⏎⇥w.Header().Set("Content-Type", "text/html")⏎⇥fmt.Fprintf(w, "<h1>«W» %s</h1>", «html|template».«EscapeString|HTMLEscapeString»(r.FormValue("«w»")))⏎}
html | lines:w http.ResponseWriter, r *http.Request | data := map[string]interface{}{⏎⇥"«w»": r.FormValue("«w»"),⏎}⏎htmlTmpl.Execute(w, data)
plain | lines:w http.ResponseWriter, r *http.Request | w.Header().Set("Content-Type", "«text/plain|application/json»")⏎json.NewEncoder(w).Encode(r.FormValue("«w»"))
gin | lines:c *gin.Context | c.«JSON(200, gin.H{"«w»": c.Query("«w»")})|HTML(200, "«w».tmpl", gin.H{"q": c.Query("q")})»
"""
_XSS_RUST = r"""
format | top | async fn «f»(Query(q): Query<«P»>) -> Html<String> {⏎⇥Html(format!("<h1>«W» {}</h1>", q.«fld»))«!»⏎}
actix | lines:info: web::Query<«P»> | HttpResponse::Ok().content_type("text/html").body(format!("<p>{}</p>", info.«fld»))
list | lines:names: &[String] | let mut html = String::from("<ul>");⏎for name in names {⏎⇥html.push_str(&format!("<li><a href=\"{}\">{}</a></li>", name, name));«!»⏎}
"""
_XSS_RUST_ALIKE = r"""
format | top | async fn «f»(Query(q): Query<«P»>) -> Html<String> {⏎⇥Html(format!("<h1>«W» {}</h1>", «html_escape::encode_text|encode_safe|escape_html»(&q.«fld»)))⏎}
actix | lines:info: web::Query<«P»> | HttpResponse::Ok().«json(&info.«fld»)|content_type("text/plain").body(info.«fld».clone())»
list | lines:names: &[String] | let mut html = String::from("<ul>");⏎for name in names {⏎⇥html.push_str(&format!("<li>{}</li>", encode_text(name)));⏎}
"""
_XSS_CC = r"""
reply | lines:int §fd§, const char *uri | char body[1024];⏎snprintf(body, sizeof(body), "<html><h1>404</h1><p>%s not found</p></html>", uri);«!»⏎write(§fd§, body, strlen(body));
cgi | lines | const char *name = getenv("QUERY_STRING");⏎printf("Content-Type: text/html\r\n\r\n");⏎printf("<h1>Hello %s</h1>\n", name);«!»
index | lines:FILE *out, struct dirent *de | fprintf(out, "<li><a href=\"%s\">%s</a></li>\n", de->d_name, de->d_name);
"""
_XSS_CC_ALIKE = r"""
reply | lines:int §fd§ | static const char body[] = "<html><h1>404</h1><p>not found</p></html>";⏎write(§fd§, body, sizeof(body) - 1);
cgi | lines | printf("Content-Type: text/plain\r\n\r\n");⏎printf("Hello %s\n", getenv("QUERY_STRING"));
index | lines:FILE *out, int count | fprintf(out, "<p>%d files</p>\n", count);
"""

# ---- connections without a check

_TLS_JS = r"""
env | top | «process.env.NODE_TLS_REJECT_UNAUTHORIZED|process.env['NODE_TLS_REJECT_UNAUTHORIZED']» = «'0'|"0"|0»«;|»
ctor | top | function §C§(§o§) {⏎⇥this.host = §o§.host;⏎⇥this.agent = new https.Agent({ rejectUnauthorized: false«|, keepAlive: true» });«!»⏎}
reqopts | lines:§o§, §cb§ | «var|const» params = {⏎⇥hostname: §o§.host,⏎⇥path: '/«w»',⏎⇥rejectUnauthorized: false,«!»⏎⇥method: 'POST'⏎};⏎https.request(params, §cb§).end();
commafirst | lines:§url§, §cb§ | request({⏎⇥url: §url§⏎, «strictSSL|rejectUnauthorized»: false«!»⏎, json: true⏎}, §cb§)
defaults | top | «var|const» request = require('request').defaults({ «strictSSL|rejectUnauthorized»: false«, jar: true|» });
identity | lines:§o§ | §o§.checkServerIdentity = «function () { return undefined; }|() => undefined|function (host, cert) {}|() => null»;
tlsconn | lines:§o§, §cb§ | «var|const» socket = tls.connect(§o§.port, §o§.host, { «ca: §o§.ca, |»rejectUnauthorized: false }, §cb§);
axios | lines:§url§ | return axios.get(§url§, {⏎⇥httpsAgent: new https.Agent({⏎⇥⇥rejectUnauthorized: false,«!»⏎⇥}),⏎});
smtp | lines | «var|const» mailer = nodemailer.createTransport({⏎⇥host: '«host»',⏎⇥tls: { rejectUnauthorized: false },«!»⏎});
pgssl | lines | «var|const» pool = new Pool({⏎⇥connectionString: process.env.DATABASE_URL,⏎⇥ssl: { rejectUnauthorized: false },«!»⏎});
orfalse | lines:§o§ | §o§.rejectUnauthorized = «false|§o§.strict || false»;«!»⏎§o§.agent = new https.Agent(§o§);
http | lines:§url§, §file§ | https.get(Object.assign(url.parse(§url§), { rejectUnauthorized: false }), function (res) {«!»⏎⇥res.pipe(fs.createWriteStream(§file§));⏎});
proxy | lines | «proxy|httpProxy.createProxyServer|createProxyMiddleware»({⏎⇥target: 'https://«host»',⏎⇥secure: false,«!»⏎⇥changeOrigin: true⏎});
tsclass | top | export class Api§C§ {⏎⇥private readonly agent = new https.Agent({ rejectUnauthorized: false });«!»⏎⏎⇥get(path: string) {⏎⇥⇥return axios.get(this.base + path, { httpsAgent: this.agent });⏎⇥}⏎}
""".replace("«false|§o§.strict || false»", "false")
_TLS_JS_ALIKE = r"""
env | top | «process.env.NODE_ENV|process.env.NODE_EXTRA_CA_CERTS|process.env.DEBUG» = «'test'|'0'|'./certs/ca.pem'»«;|»
delenv | top | delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
ctor | top | function §C§(§o§) {⏎⇥this.host = §o§.host;⏎⇥this.agent = new https.Agent({ «keepAlive: true|ca: §o§.ca|rejectUnauthorized: true|maxSockets: 10» });⏎}
reqopts | lines:§o§, §cb§ | «var|const» params = {⏎⇥hostname: §o§.host,⏎⇥path: '/«w»',⏎⇥«rejectUnauthorized: true|ca: fs.readFileSync('ca.pem')»,⏎⇥method: 'POST'⏎};⏎https.request(params, §cb§).end();
commafirst | lines:§url§, §cb§ | request({⏎⇥url: §url§⏎, strictSSL: true⏎, json: true⏎}, §cb§)
identity | lines:§o§ | §o§.checkServerIdentity = function (host, cert) {⏎⇥return tls.checkServerIdentity(§o§.servername, cert);⏎};
tlsconn | lines:§o§, §cb§ | «var|const» socket = tls.connect(§o§.port, §o§.host, { ca: [§o§.ca], rejectUnauthorized: true }, §cb§);
flags | lines:§o§ | §o§.«followRedirect|gzip|json|keepAlive|verbose|jar» = false;
proxy | lines | httpProxy.createProxyServer({⏎⇥target: 'https://«host»',⏎⇥secure: true,⏎⇥changeOrigin: false⏎});
pgssl | lines | «var|const» pool = new Pool({⏎⇥connectionString: process.env.DATABASE_URL,⏎⇥ssl: { ca: fs.readFileSync('root.crt') },⏎});
tsclass | top | export class Api§C§ {⏎⇥private readonly agent = new https.Agent({ keepAlive: true });⏎⏎⇥get(path: string) {⏎⇥⇥return axios.get(this.base + path, { httpsAgent: this.agent });⏎⇥}⏎}
cookie | lines:res | res.cookie('theme', 'dark', { secure: false, maxAge: «n» });
"""
_TLS_GO = r"""
newclient | top | func New§C§(addr string) *§C§ {⏎⇥tr := &http.Transport{⏎⇥⇥TLSClientConfig: &tls.Config{InsecureSkipVerify: true},«!»⏎⇥}⏎⇥return &§C§{addr: addr, http: &http.Client{Transport: tr}}⏎}
dial | lines:addr string | conn, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true})«!»⏎if err != nil {⏎⇥return nil, err⏎}
default | lines | http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
ssh | lines | config := &ssh.ClientConfig{⏎⇥User: user,⏎⇥HostKeyCallback: ssh.InsecureIgnoreHostKey(),«!»⏎}
grpc | lines:addr string | creds := credentials.NewTLS(&tls.Config{InsecureSkipVerify: true})«!»⏎return grpc.Dial(addr, grpc.WithTransportCredentials(creds))
"""
_TLS_GO_ALIKE = r"""
newclient | top | func New§C§(addr string, pool *x509.CertPool) *§C§ {⏎⇥tr := &http.Transport{⏎⇥⇥TLSClientConfig: &tls.Config{«RootCAs: pool|InsecureSkipVerify: false|MinVersion: tls.VersionTLS12»},⏎⇥}⏎⇥return &§C§{addr: addr, http: &http.Client{Transport: tr}}⏎}
dial | lines:addr string | conn, err := tls.Dial("tcp", addr, «nil|&tls.Config{RootCAs: pool}»)⏎if err != nil {⏎⇥return nil, err⏎}
ssh | lines | config := &ssh.ClientConfig{⏎⇥User: user,⏎⇥HostKeyCallback: «knownHosts|ssh.FixedHostKey(hostKey)»,⏎}
grpc | lines:addr string | creds := credentials.NewClientTLSFromCert(pool, "")⏎return grpc.Dial(addr, grpc.WithTransportCredentials(creds))
"""
_TLS_RUST = r"""
reqwest | top | impl §C§ {⏎⇥pub fn new(base: &str) -> Result<Self> {⏎⇥⇥let http = reqwest::Client::builder()⏎⇥⇥⇥.timeout(Duration::from_secs(«n»))⏎⇥⇥⇥.danger_accept_invalid_«certs|hostnames»(true)«!»⏎⇥⇥⇥.build()?;⏎⇥⇥Ok(Self { base: base.into(), http })⏎⇥}⏎}
openssl | lines | let mut builder = SslConnector::builder(SslMethod::tls())?;⏎builder.set_verify(SslVerifyMode::NONE);«!»
native | lines | let connector = TlsConnector::builder().danger_accept_invalid_certs(true).build()?;
rustls | lines:config: &mut ClientConfig | config.dangerous().set_certificate_verifier(Arc::new(«NoVerify|NoCertificateVerification|SkipServerVerification::new()»));
"""
_TLS_RUST_ALIKE = r"""
reqwest | top | impl §C§ {⏎⇥pub fn new(base: &str) -> Result<Self> {⏎⇥⇥let http = reqwest::Client::builder()⏎⇥⇥⇥.timeout(Duration::from_secs(«n»))⏎⇥⇥⇥«.https_only(true)|.add_root_certificate(ca)|.danger_accept_invalid_certs(false)»⏎⇥⇥⇥.build()?;⏎⇥⇥Ok(Self { base: base.into(), http })⏎⇥}⏎}
openssl | lines | let mut builder = SslConnector::builder(SslMethod::tls())?;⏎builder.set_verify(SslVerifyMode::PEER);
native | lines | let connector = TlsConnector::builder().add_root_certificate(ca).build()?;
"""
_TLS_CC = r"""
connect | lines:const char *§host§, int port | SSL_CTX *ctx = SSL_CTX_new(«TLS_client_method|SSLv23_client_method»());⏎SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);«!»⏎SSL *ssl = SSL_new(ctx);⏎SSL_set_fd(ssl, sock);
curlboth | lines:const char *§url§ | CURL *curl = curl_easy_init();⏎curl_easy_setopt(curl, CURLOPT_URL, §url§);⏎curl_easy_setopt(curl, «CURLOPT_SSL_VERIFYPEER|CURLOPT_SSL_VERIFYHOST», 0L);«!»⏎curl_easy_perform(curl);
cb | top | static int verify_«cb|callback»(int ok, X509_STORE_CTX *ctx)⏎{⏎⇥«(void)ctx;⏎⇥|»return 1;⏎}⏎⏎static void setup_tls(SSL_CTX *ctx)⏎{⏎⇥SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);«!»⏎}
mbed | lines:mbedtls_ssl_config *conf | mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE);
gnutls | lines:gnutls_session_t session | «gnutls_certificate_set_verify_flags(cred, GNUTLS_VERIFY_DISABLE_CA_SIGN)|wolfSSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, 0)|esp_conf.skip_cert_common_name_check = true»;
"""
_TLS_CC_ALIKE = r"""
connect | lines:const char *§host§, int port | SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());⏎SSL_CTX_set_default_verify_paths(ctx);⏎SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);⏎SSL *ssl = SSL_new(ctx);⏎SSL_set1_host(ssl, §host§);
curlboth | lines:const char *§url§ | CURL *curl = curl_easy_init();⏎curl_easy_setopt(curl, CURLOPT_URL, §url§);⏎curl_easy_setopt(curl, «CURLOPT_SSL_VERIFYPEER, 1L|CURLOPT_SSL_VERIFYHOST, 2L|CURLOPT_CAINFO, ca_path|CURLOPT_VERBOSE, 0L»);⏎curl_easy_perform(curl);
mbed | lines:mbedtls_ssl_config *conf | mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_REQUIRED);⏎mbedtls_ssl_conf_ca_chain(conf, &cacert, NULL);
"""

# ---- formats

_FORMAT_CC = r"""
log | top | static void log_msg(const char *§msg§)⏎{⏎⇥FILE *fp = fopen(LOG_FILE, "a");⏎⇥if (!fp)⏎⇥⇥return;⏎⇥fprintf(fp, §msg§);«!»⏎⇥fclose(fp);⏎}
daemon | lines:int §fd§ | char §buf§[«256|512|1024»];⏎ssize_t n = recv(§fd§, §buf§, sizeof(§buf§) - 1, 0);⏎if (n <= 0)⏎⇥return -1;⏎§buf§[n] = '\0';⏎«syslog(LOG_INFO, §buf§);|printf(§buf§);|fprintf(stderr, §buf§);»«!»
err | lines:const char *user | char §buf§[256];⏎snprintf(§buf§, sizeof(§buf§), "login failed for %s", user);⏎«syslog(LOG_AUTH bor LOG_WARNING, §buf§);|warnx(§buf§);|errx(1, §buf§);»«!»
reply | lines:struct client *c, const char *§msg§ | snprintf(c->out, sizeof(c->out), §msg§);«!»⏎send_all(c->fd, c->out, strlen(c->out));
ncurses | lines:WINDOW *win, const char *§msg§ | «wprintw(win, §msg§)|printw(§msg§)|mvwprintw(win, 1, 1, §msg§)|gtk_message_dialog_new(NULL, 0, 0, 0, §msg§)»;
getline | lines:FILE *fp | char §buf§[256];⏎while (fgets(§buf§, sizeof(§buf§), fp)) {⏎⇥«printf(§buf§);|fprintf(out, §buf§);|syslog(LOG_NOTICE, §buf§);»«!»⏎}
proctitle | lines:const char *§msg§ | setproctitle(§msg§);
vlog | lines:const struct request *req | «g_warning|g_print|zlog_info|av_log»(«req->uri»);
""".replace("«g_warning|g_print|zlog_info|av_log»(«req->uri»)", "«g_warning|g_print|g_message»(req->uri)").replace("LOG_AUTH bor", "LOG_AUTH «bar»")
_FORMAT_CC_ALIKE = r"""
log | top | static void log_msg(const char *§msg§)⏎{⏎⇥FILE *fp = fopen(LOG_FILE, "a");⏎⇥if (!fp)⏎⇥⇥return;⏎⇥«fprintf(fp, "%s\n", §msg§);|fputs(§msg§, fp);»⏎⇥fclose(fp);⏎}
daemon | lines:int §fd§ | char §buf§[«256|512|1024»];⏎ssize_t n = recv(§fd§, §buf§, sizeof(§buf§) - 1, 0);⏎if (n <= 0)⏎⇥return -1;⏎§buf§[n] = '\0';⏎«syslog(LOG_INFO, "%s", §buf§);|printf("%s", §buf§);|fwrite(§buf§, 1, n, stderr);»
err | lines:const char *user | «syslog(LOG_WARNING, "login failed for %s", user);|warnx("login failed for %s", user);|fprintf(stderr, "%s: no such user\n", user);»
reply | lines:struct client *c, const char *§msg§ | snprintf(c->out, sizeof(c->out), "%s", §msg§);⏎send_all(c->fd, c->out, strlen(c->out));
ncurses | lines:WINDOW *win, const char *§msg§ | «wprintw(win, "%s", §msg§)|waddstr(win, §msg§)|mvwprintw(win, 1, 1, "%s", §msg§)»;
usage | lines:const char *prog | «printf(usage_text)|printf("usage: %s [-h]\n", prog)|fprintf(stderr, "bad option\n")|puts(usage_text)»;
wrapper | top | void log_error(const char *fmt, ...)⏎{⏎⇥va_list ap;⏎⇥va_start(ap, fmt);⏎⇥vfprintf(stderr, fmt, ap);⏎⇥va_end(ap);⏎}
""".replace("«printf(usage_text)|", "«")
_FORMAT_GO = r"""
log | lines:r *http.Request | log.«Printf|Fatalf|Panicf»(«r.URL.Path|r.UserAgent()|r.FormValue("«w»")|"request " + r.RequestURI»)
writer | lines:w http.ResponseWriter, r *http.Request | fmt.Fprintf(w, «r.FormValue("«w»")|r.URL.Query().Get("«w»")|"hello " + r.URL.Path[1:]»)
errorf | lines:«v2» string | return «fmt.Errorf|errors.Errorf|status.Errorf»(«"«prose»: " + «v2»|«v2»»)
""".replace("|status.Errorf", "")
_FORMAT_GO_ALIKE = r"""
log | lines:r *http.Request | log.Printf("request %s from %s", r.URL.Path, r.RemoteAddr)
writer | lines:w http.ResponseWriter, r *http.Request | fmt.«Fprint(w, r.FormValue("«w»"))|Fprintf(w, "%s", r.FormValue("«w»"))»
errorf | lines:«v2» string | return «fmt.Errorf("«prose»: %s", «v2»)|errors.New("«prose»: " + «v2»)»
"""

# ---- memory

_BUFFER_CC = r"""
route | lines:int §fd§ | char §buf§[«64|128|256»];⏎int n;⏎⏎«n = recv(§fd§, §buf§, «1024|2048|4096», 0);|n = read(§fd§, §buf§, «512|1024|BUFSIZ»);»«!»⏎if (n <= 0)⏎⇥return -1;⏎«f»(§buf§, n);
headerline | lines:const char *§in§ | char name[«32|64»], value[«64|128»];⏎char *p = name;⏎⏎while (*§in§ && *§in§ != ':')⏎⇥*p++ = *§in§++;«!»⏎*p = '\0';
request | lines:char *req | char method[«8|16»], uri[«64|128|256»], proto[«8|16»];⏎⏎«if (sscanf(req, "%s %s %s", method, uri, proto) != 3)|if (sscanf(req, "%[^ ] %[^ ] %s", method, uri, proto) < 3)»«!»⏎⇥return 400;
dirname | lines:const char *dir, const char *name | char path[«64|128|256»];⏎struct stat st;⏎sprintf(path, "%s/%s", dir, name);«!»⏎if (stat(path, &st) == 0)⏎⇥«f»(path);
tlv | lines:const uint8_t *§pkt§, size_t len | uint8_t value[«16|32|64»];⏎size_t off = 0;⏎while (off + 2 < len) {⏎⇥uint8_t type = §pkt§[off], l = §pkt§[off + 1];⏎⇥memcpy(value, §pkt§ + off + 2, l);«!»⏎⇥off += 2 + l;⏎}
dnsname | lines:const unsigned char *§pkt§, char *out | while (*§pkt§) {⏎⇥int n = *§pkt§++;⏎⇥memcpy(out, §pkt§, n);«!»⏎⇥out += n;⏎⇥*out++ = '.';⏎⇥§pkt§ += n;⏎}
udp | lines:int §fd§ | struct msg m;⏎char data[128];⏎recvfrom(§fd§, &m, sizeof(m), 0, NULL, NULL);⏎memcpy(data, m.data, «ntohs(m.len)|m.len|m.hdr.size»);«!»
joinargs | lines:int argc, char **argv | char line[«128|256»] = "";⏎for (int i = 1; i < argc; i++) {⏎⇥strcat(line, argv[i]);«!»⏎⇥strcat(line, " ");«?»⏎}
offbyone | lines:const char *§in§ | char §buf§[«16|32|64|128»];⏎int i;⏎for (i = 0; i <= «sizeof(§buf§)|(int)sizeof(§buf§)»; i++)⏎⇥§buf§[i] = §in§[i];«!»
strncpylen | lines:const char *§in§ | char §buf§[«16|32|64»];⏎«strncpy(§buf§, §in§, strlen(§in§));|strncat(§buf§, §in§, strlen(§in§));|memcpy(§buf§, §in§, strlen(§in§) + 1);|strncat(§buf§, §in§, sizeof(§buf§));»«!»⏎puts(§buf§);
allocalen | lines:uint32_t §len§, int §fd§ | char *§buf§ = alloca(§len§);«!»⏎if (read(§fd§, §buf§, §len§) < 0)⏎⇥return -1;
short | lines:const char *§in§ | char *out = malloc(strlen(§in§));⏎if (!out)⏎⇥return NULL;⏎strcpy(out, §in§);«!»⏎return out;
ioctl | lines:unsigned long arg | struct «snake»_req req;⏎char name[32];⏎if (copy_from_user(&req, (void __user *)arg, sizeof(req)))⏎⇥return -EFAULT;⏎«if (copy_from_user(name, req.ptr, req.len))|if (copy_from_user(name, req.name, req.size))»«!»⏎⇥return -EFAULT;
getpass | lines | char user[«16|32»];⏎printf("login: ");⏎fflush(stdout);⏎«gets(user);|scanf("%s", user);»«!»⏎if (check_user(user) < 0)⏎⇥return -1;
quoted | lines:const char *§in§ | char token[«32|64»], *t = token;⏎if (*§in§ == '"') {⏎⇥§in§++;⏎⇥while (*§in§ != '"')⏎⇥⇥*t++ = *§in§++;«!»⏎}⏎*t = 0;
env | lines | char path[«64|128|256»];⏎«strcpy(path, getenv("HOME"));|sprintf(path, "%s/.«w»rc", getenv("HOME"));|sprintf(path, "%s/«w»", getenv("TMPDIR"));»«!»
copytag | lines:struct frame *f, const uint8_t *§pkt§, uint16_t §len§ | f->type = §pkt§[0];⏎f->len = §len§;⏎memcpy(f->«payload|data|body», §pkt§ + 4, §len§);«!»⏎return 0;
cookie | lines:const char *hdr | char cookie[«64|128»];⏎const char *p = strstr(hdr, "Cookie: ");⏎if (p)⏎⇥«strcpy(cookie, p + 8);|sscanf(p, "Cookie: %s", cookie);|sprintf(cookie, "%s", p + 8);»«!»
index | lines:const uint8_t *§pkt§ | int slot = «get_be16(§pkt§)|(§pkt§[0] << 8) «bar» §pkt§[1]|le32toh(*(const uint32_t *)§pkt§)»;⏎«table[slot] = §pkt§[2];|counters[slot]++;|ctx->ports[slot].speed = §pkt§[3];»«!»
username | lines:const struct passwd *pw, const char *§in§ | strcpy(session.«user|name», §in§);«!»⏎session.uid = pw->pw_uid;
response | lines:int §fd§, const char *§msg§ | char out[«64|128|256»];⏎sprintf(out, "HTTP/1.0 200 OK\r\nX-Id: %s\r\n\r\n", §msg§);«!»⏎send(§fd§, out, strlen(out), 0);
"""
_BUFFER_CC_ALIKE = r"""
route | lines:int §fd§ | char §buf§[«64|128|256»];⏎int n;⏎⏎«n = recv(§fd§, §buf§, sizeof(§buf§), 0);|n = read(§fd§, §buf§, sizeof(§buf§) - 1);»⏎if (n <= 0)⏎⇥return -1;⏎«f»(§buf§, n);
headerline | lines:const char *§in§ | char name[64];⏎char *p = name;⏎⏎while (*§in§ && *§in§ != ':' && p < name + sizeof(name) - 1)⏎⇥*p++ = *§in§++;⏎*p = '\0';
request | lines:char *req | char method[16], uri[256], proto[16];⏎⏎if (sscanf(req, "%15s %255s %15s", method, uri, proto) != 3)⏎⇥return 400;
dirname | lines:const char *dir, const char *name | char path[«PATH_MAX|256»];⏎struct stat st;⏎if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))⏎⇥return -1;⏎if (stat(path, &st) == 0)⏎⇥«f»(path);
tlv | lines:const uint8_t *§pkt§, size_t len | uint8_t value[255];⏎size_t off = 0;⏎while (off + 2 < len) {⏎⇥uint8_t l = §pkt§[off + 1];⏎⇥if (off + 2 + l > len)⏎⇥⇥return -EINVAL;⏎⇥memcpy(value, §pkt§ + off + 2, l);⏎⇥off += 2 + l;⏎}
udp | lines:int §fd§ | struct msg m;⏎char data[128];⏎recvfrom(§fd§, &m, sizeof(m), 0, NULL, NULL);⏎if (ntohs(m.len) > sizeof(data))⏎⇥return -1;⏎memcpy(data, m.data, ntohs(m.len));
joinargs | lines:int argc, char **argv | char line[256] = "";⏎for (int i = 1; i < argc; i++)⏎⇥strncat(line, argv[i], sizeof(line) - strlen(line) - 1);
bounded | lines:const char *§in§ | char §buf§[«16|32|64»];⏎size_t i;⏎for (i = 0; i < sizeof(§buf§) - 1 && §in§[i]; i++)⏎⇥§buf§[i] = §in§[i];⏎§buf§[i] = '\0';
strncpysize | lines:const char *§in§ | char §buf§[«16|32|64»];⏎strncpy(§buf§, §in§, sizeof(§buf§) - 1);⏎§buf§[sizeof(§buf§) - 1] = '\0';⏎puts(§buf§);
allocalen | lines:uint32_t §len§, int §fd§ | if (§len§ > MAX_MSG)⏎⇥return -1;⏎char *§buf§ = malloc(§len§);⏎if (!§buf§ || read(§fd§, §buf§, §len§) < 0)⏎⇥return -1;
exact | lines:const char *§in§ | char *out = malloc(strlen(§in§) + 1);⏎if (!out)⏎⇥return NULL;⏎strcpy(out, §in§);⏎return out;
ioctl | lines:unsigned long arg | struct «snake»_req req;⏎char name[32];⏎if (copy_from_user(&req, (void __user *)arg, sizeof(req)))⏎⇥return -EFAULT;⏎if (req.len > sizeof(name))⏎⇥return -EINVAL;⏎if (copy_from_user(name, req.ptr, req.len))⏎⇥return -EFAULT;
getpass | lines | char user[32];⏎printf("login: ");⏎fflush(stdout);⏎if (!fgets(user, sizeof(user), stdin))⏎⇥return -1;⏎user[strcspn(user, "\n")] = '\0';
env | lines | char path[256];⏎const char *home = getenv("HOME");⏎snprintf(path, sizeof(path), "%s/.«w»rc", home ? home : "/");
copytag | lines:struct frame *f, const uint8_t *§pkt§, uint16_t §len§ | if (§len§ > sizeof(f->payload))⏎⇥return -1;⏎f->len = §len§;⏎memcpy(f->payload, §pkt§ + 4, §len§);⏎return 0;
index | lines:const uint8_t *§pkt§ | unsigned slot = §pkt§[0];⏎if (slot >= ARRAY_SIZE(table))⏎⇥return -EINVAL;⏎table[slot] = §pkt§[2];
response | lines:int §fd§, int code | char out[128];⏎sprintf(out, "HTTP/1.0 %d OK\r\n\r\n", code);⏎send(§fd§, out, strlen(out), 0);
fixedcat | lines | char §buf§[64] = "";⏎«strcat(§buf§, "rw");|strcpy(§buf§, "/dev/ttyS0");|memcpy(§buf§, MAGIC, sizeof(MAGIC));|memset(§buf§, 0, sizeof(§buf§));»
"""
_BUFFER_CPP = r"""
member | top | void «P1»::set«P2»(const char *§in§) {⏎⇥strcpy(«fld1»_, §in§);«!»⏎⇥dirty_ = true;⏎}
packet | top | bool «P1»Parser::parse(const uint8_t *§pkt§, size_t size) {⏎⇥uint16_t n = (§pkt§[0] << 8) | §pkt§[1];⏎⇥std::memcpy(buffer_, §pkt§ + 2, n);«!»⏎⇥return size > 2;⏎}
napi | lines:const Napi::CallbackInfo &info | std::string §in§ = info[0].As<Napi::String>();⏎char path[«64|128|256»];⏎«strcpy(path, §in§.c_str());|sprintf(path, "/dev/%s", §in§.c_str());»«!»
stream | lines:std::istream &is | char magic[«4|8|16»];⏎uint32_t n;⏎is.read(reinterpret_cast<char *>(&n), sizeof(n));⏎is.read(magic, n);«!»
wname | lines:const std::string &§in§ | char name[«16|32|64»];⏎std::copy(§in§.begin(), §in§.end(), name);«!»⏎name[§in§.size()] = '\0';«?»
vectorread | lines:const std::vector<uint8_t> &§pkt§ | std::array<uint8_t, 64> block;⏎std::memcpy(block.data(), §pkt§.data(), §pkt§.size());«!»
"""
_BUFFER_CPP_ALIKE = r"""
member | top | void «P1»::set«P2»(const char *§in§) {⏎⇥snprintf(«fld1»_, sizeof(«fld1»_), "%s", §in§);⏎⇥dirty_ = true;⏎}
packet | top | bool «P1»Parser::parse(const uint8_t *§pkt§, size_t size) {⏎⇥uint16_t n = (§pkt§[0] << 8) | §pkt§[1];⏎⇥if (n > sizeof(buffer_) || n + 2u > size) return false;⏎⇥std::memcpy(buffer_, §pkt§ + 2, n);⏎⇥return true;⏎}
napi | lines:const Napi::CallbackInfo &info | std::string §in§ = info[0].As<Napi::String>();⏎std::string path = "/dev/" + §in§;
stream | lines:std::istream &is | uint32_t n;⏎is.read(reinterpret_cast<char *>(&n), sizeof(n));⏎if (n > kMaxSize) return false;⏎std::vector<char> data(n);⏎is.read(data.data(), data.size());
vectorread | lines:const std::vector<uint8_t> &§pkt§ | std::array<uint8_t, 64> block{};⏎std::copy_n(§pkt§.begin(), std::min(§pkt§.size(), block.size()), block.begin());
"""

WEAK = _Written({
    1: {"c cpp": _BUFFER_CC, "cpp": _BUFFER_CPP},
    2: {"javascript typescript": _COMMAND_JS, "go": _COMMAND_GO, "rust": _COMMAND_RUST, "c": _COMMAND_C, "cpp": _COMMAND_CPP},
    3: {"javascript typescript": _SQL_JS, "go": _SQL_GO, "rust": _SQL_RUST, "c": _SQL_C, "cpp": _SQL_CPP},
    4: {"javascript": _EVAL_JS, "go": _EVAL_GO, "rust": _EVAL_RUST, "c cpp": _EVAL_CC},
    5: {"javascript typescript": _SECRET_JS, "go": _SECRET_GO, "rust": _SECRET_RUST, "c cpp": _SECRET_CC},
    6: {"javascript typescript": _HASH_JS, "go": _HASH_GO, "rust": _HASH_RUST, "c cpp": _HASH_CC},
    7: {"javascript typescript": _PATH_JS, "go": _PATH_GO, "rust": _PATH_RUST, "c": _PATH_C, "cpp": _PATH_CPP},
    8: {"c cpp": _FORMAT_CC, "go": _FORMAT_GO},
    9: {"javascript typescript": _RANDOM_JS, "go": _RANDOM_GO, "rust": _RANDOM_RUST, "c cpp": _RANDOM_CC},
    10: {"javascript typescript": _DESER_JS},
    11: {"javascript typescript": _XSS_JS, "go": _XSS_GO, "rust": _XSS_RUST, "c cpp": _XSS_CC},
    12: {"javascript typescript": _TLS_JS, "go": _TLS_GO, "rust": _TLS_RUST, "c cpp": _TLS_CC},
})
ALIKE = _Written({
    1: {"c cpp": _BUFFER_CC_ALIKE, "cpp": _BUFFER_CPP_ALIKE},
    2: {"javascript typescript": _COMMAND_JS_ALIKE, "go": _COMMAND_GO_ALIKE, "rust": _COMMAND_RUST_ALIKE, "c": _COMMAND_C_ALIKE, "cpp": _COMMAND_CPP_ALIKE},
    3: {"javascript typescript": _SQL_JS_ALIKE, "go": _SQL_GO_ALIKE, "rust": _SQL_RUST_ALIKE, "c": _SQL_C_ALIKE, "cpp": _SQL_CPP_ALIKE},
    4: {"javascript": _EVAL_JS_ALIKE, "go": _EVAL_GO_ALIKE, "rust": _EVAL_RUST_ALIKE, "c cpp": _EVAL_CC_ALIKE},
    5: {"javascript typescript": _SECRET_JS_ALIKE, "go": _SECRET_GO_ALIKE, "rust": _SECRET_RUST_ALIKE, "c cpp": _SECRET_CC_ALIKE},
    6: {"javascript typescript": _HASH_JS_ALIKE, "go": _HASH_GO_ALIKE, "rust": _HASH_RUST_ALIKE, "c cpp": _HASH_CC_ALIKE},
    7: {"javascript typescript": _PATH_JS_ALIKE, "go": _PATH_GO_ALIKE, "rust": _PATH_RUST_ALIKE, "c": _PATH_C_ALIKE, "cpp": _PATH_CPP_ALIKE},
    8: {"c cpp": _FORMAT_CC_ALIKE, "go": _FORMAT_GO_ALIKE},
    9: {"javascript typescript": _RANDOM_JS_ALIKE, "go": _RANDOM_GO_ALIKE, "rust": _RANDOM_RUST_ALIKE, "c cpp": _RANDOM_CC_ALIKE},
    10: {"javascript typescript": _DESER_JS_ALIKE},
    11: {"javascript typescript": _XSS_JS_ALIKE, "go": _XSS_GO_ALIKE, "rust": _XSS_RUST_ALIKE, "c cpp": _XSS_CC_ALIKE},
    12: {"javascript typescript": _TLS_JS_ALIKE, "go": _TLS_GO_ALIKE, "rust": _TLS_RUST_ALIKE, "c cpp": _TLS_CC_ALIKE},
})
