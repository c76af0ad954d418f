# SPDX-License-Identifier: Apache-2.0
"""JavaScript's calls that end in a function over several lines, as most released packages write them: the weak line is the one that opens
it. Training only; rows as in natural.py. The harmless twins hand arguments over as a list, bind them, or hold no value from outside.
"""

_REPLY = "⏎⇥if (err) {⏎⇥⇥callback(err, null);⏎⇥⇥return;⏎⇥}⏎⇥callback(null, out«|.trim()|.toString().split(' ')[0]»);⏎});"
_DONE = "⏎⇥«if (err) return callback(err);⏎⇥callback(null, rows);|callback(err, rows);|if (err) throw err;⏎⇥callback(rows[0]);»⏎});"
_SENT = "⏎⇥if (err) {⏎⇥⇥res.«writeHead(404);⏎⇥⇥res.end();⏎⇥⇥return;|statusCode = 404;⏎⇥⇥return res.end('not found');»⏎⇥}⏎⇥res.end(data);⏎});"
_TOOL = "«ifconfig|ping -c 1|getconf|networksetup -getmacaddress|nslookup|du -s|id -u|kill -0|ps -o rss= -p|git rev-parse|which|file -b»"

_COMMAND = {"javascript typescript": f"""
callback | lines:«v2», callback | «exec|child_process.exec|cp.exec»("{_TOOL} " + «v2», function (err, out) {{«!»{_REPLY}
quoted | lines:«v2», callback | «exec|cp.exec»('{_TOOL} ' + «v2», «{{ timeout: «n» }}, |»function (err, out, stderr) {{«!»{_REPLY}
interp | lines:«v2», callback | «exec|childProcess.exec»(`{_TOOL} ${{«v2»}}«| «-q|2>/dev/null»»`, (err, out) => {{«!»{_REPLY}
between | lines:«v2», callback | exec("cat /«proc|sys/class/net|var/run»/" + «v2» + "/«status|address|stat»", function (err, out) {{«!»{_REPLY}
module | top | module.exports = function («v1», callback) {{⏎⇥exec("{_TOOL} " + «v1», function (err, out) {{«!»⏎⇥⇥if (err) {{⏎⇥⇥⇥callback(err, null);⏎⇥⇥⇥return;⏎⇥⇥}}⏎⇥⇥callback(null, out);⏎⇥}});⏎}};
joined | lines:«v2», fn | var args = ['«notify-send|growlnotify -m|lpr -P|osascript -e»'];⏎args.push(«v2»«|.title|.name»);⏎«exec|child_process.exec»(args.join(' '), fn);«!»
options | lines:«v2» | «shell.exec|exec»('«git commit|git tag|svn update|npm publish» ' + «v2» + ' «--quiet|--force|--dry-run»', {{«!»⏎⇥«silent|async»: true⏎}});
"""}
_COMMAND_ALIKE = {"javascript typescript": f"""
callback | lines:«v2», callback | «execFile|child_process.execFile»("«ifconfig|ping|getconf|nslookup|id|which»", [«v2»], function (err, out) {{{_REPLY}
const | lines:callback | «exec|child_process.exec|cp.exec»("«ipconfig /all|ifconfig -a|getconf CLK_TCK|git rev-parse HEAD|uname -a|ps aux»", function (err, out) {{{_REPLY}
number | lines:«v2», callback | exec('«kill -0|ps -o rss= -p» ' + Number(«v2»), function (err, out) {{{_REPLY}
match | lines:«v2», callback | var match = /«[a-f0-9]{{2}}(:[a-f0-9]{{2}})+|^(\\\\w+)=(.*)$|inet (\\\\S+)»/.exec(«v2»);⏎callback(null, match && match[0]);
args | lines:«v2», fn | var args = ['-«w»'];⏎args.push(«v2»);⏎«execFile|spawn»('«notify-send|lpr|git»', args, fn);
mongo | lines:«v2», callback | «P».find({{ «w»: «v2» }}).exec(function (err, rows) {{{_DONE}
"""}
_DB = "«db|connection|pool|client|con|mysql»"
_SQL = {"javascript typescript": f"""
callback | lines:«v2», callback | {_DB}.query("«SELECT * FROM «tbl»|DELETE FROM «tbl»» WHERE «col» = '" + «v2» + "'", function (err, rows) {{«!»{_DONE}
interp | lines:req, callback | {_DB}.query(`SELECT «*|«col»» FROM «tbl» WHERE «id|«col»» = ${{req.«params|query|body».«fld»}}`, (err, rows) => {{«!»{_DONE}
sqlite | lines:«v2», callback | db.«all|get»('SELECT * FROM «tbl» WHERE «col» = "' + «v2» + '"', function (err, rows) {{«!»{_DONE}
first | lines:«v2», callback | var sql = "SELECT * FROM «tbl» WHERE «col» LIKE '%" + «v2» + "%'";«?»⏎{_DB}.query(sql, function (err, rows) {{«!»{_DONE}
"""}
_SQL_ALIKE = {"javascript typescript": f"""
callback | lines:«v2», callback | {_DB}.query("«SELECT * FROM «tbl»|DELETE FROM «tbl»» WHERE «col» = ?", [«v2»], function (err, rows) {{{_DONE}
numbered | lines:req, callback | {_DB}.query(`SELECT «*|«col»» FROM «tbl» WHERE «col» = $1`, [req.«params|query|body».«fld»], (err, rows) => {{{_DONE}
const | lines:callback | db.«all|get|query»('SELECT * FROM «tbl» WHERE «col» = "«w»" ORDER BY «col»', function (err, rows) {{{_DONE}
first | lines:«v2», callback | var sql = "SELECT * FROM «tbl» WHERE «col» LIKE " + «db|mysql|connection».escape('%' + «v2» + '%');⏎{_DB}.query(sql, function (err, rows) {{{_DONE}
"""}
_PATH = {"javascript typescript": f"""
callback | lines:req, res | fs.readFile(«'./«w»' + req.url|__dirname + '/«w»/' + req.params.«fld»|path.join(__dirname, req.url)|root + url.parse(req.url).pathname», function (err, data) {{«!»{_SENT}
arrow | lines:req, res | fs.readFile(«`./«w»/${{req.query.«fld»}}`|path.join(root, decodeURIComponent(req.url))», (err, data) => {{«!»{_SENT}
server | top | http.createServer(function (req, res) {{⏎⇥fs.readFile(«'.' + req.url|process.cwd() + url.parse(req.url).pathname», function (err, data) {{«!»⏎⇥⇥if (err) return res.end();⏎⇥⇥res.end(data);⏎⇥}});⏎}}).listen(«n»);
"""}
_PATH_ALIKE = {"javascript typescript": f"""
const | lines:req, res | fs.readFile(«'./«w»/index.html'|path.join(__dirname, '«w».html')|__filename», function (err, data) {{{_SENT}
base | lines:req, res | fs.readFile(«'./«w»/' + path.basename(req.url)|path.join(root, path.basename(req.params.«fld»))», function (err, data) {{{_SENT}
server | top | http.createServer(function (req, res) {{⏎⇥fs.readFile('«w».html', function (err, data) {{⏎⇥⇥if (err) return res.end();⏎⇥⇥res.end(data);⏎⇥}});⏎}}).listen(«n»);
"""}
_EVAL = {"javascript": """
revived | lines:«v2» | for (var key in «v2») {⏎⇥if (typeof «v2»[key] === 'string' && «v2»[key].indexOf(«C1») === 0) {⏎⇥⇥«v2»[key] = eval('(' + «v2»[key].«substring|slice»(«C1».length) + ')');«!»⏎⇥}⏎}
returned | lines:«v2» | return «(new Function('return ' + «v2»))()|new Function('«w»', 'return ' + «v2»)|eval('(' + «v2» + ')')»;
"""}
_EVAL_ALIKE = {"javascript": """
revived | lines:«v2» | for (var key in «v2») {⏎⇥if (typeof «v2»[key] === 'string' && «v2»[key].indexOf(«C1») === 0) {⏎⇥⇥«v2»[key] = JSON.parse(«v2»[key].«substring|slice»(«C1».length));⏎⇥}⏎}
returned | lines:«v2» | return «(new Function('return this'))()|new Function('return ' + JSON.stringify('«w»'))()|JSON.parse('(' + «v2» + ')')»;
"""}

WEAK = {2: _COMMAND, 3: _SQL, 4: _EVAL, 7: _PATH}
ALIKE = {2: _COMMAND_ALIKE, 3: _SQL_ALIKE, 4: _EVAL_ALIKE, 7: _PATH_ALIKE}
