# SPDX-License-Identifier: Apache-2.0
"""Statements in the shapes that released packages, plugins, tools and web applications have them: values kept in an object first, options
in arrays, calls over several lines, wrappers, old styles. Training only; rows as in natural.py, with «@name» for the texts of _MACROS.
"""

_MACROS = {
    "DOC": '"""',
    "PYTOOL": "«convert|ffmpeg -i|git clone|tar xzf|ping -c 1|unzip -o|nmap -sV|pip install|docker rm|svn co|rsync -a|gpg --import|wkhtmltopdf|chmod 644|iptables -A»",
    "FLASK": "request.«args.get(\"«key»\")|form[\"«key»\"]|values.get(\"«key»\", \"\")|args[\"«key»\"]|form.get(\"«key»\")|json[\"«key»\"]|cookies.get(\"«key»\")»",
    "DJANGO": "request.«GET.get(\"«key»\")|POST[\"«key»\"]|GET[\"«key»\"]|POST.get(\"«key»\", \"\")|COOKIES.get(\"«key»\")»",
    "PHP": "$_«GET|POST|REQUEST»['«key»']",
    "JAVA": "request.getParameter(\"«key»\")",
    "RUBY": "params[«:«snake»|\"«key»\"»]",
    "BIN": "«/usr/bin/|/bin/|/usr/sbin/|/usr/local/bin/|»",
}

_COMMAND = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, «snake1», «snake2»=None):⏎⇥⇥self.«snake1» = «snake1»⏎⇥⇥self.«snake2» = «snake2»⏎⏎⇥def «f»(self):⏎⇥⇥«os.system("«@PYTOOL» %s" % self.«snake1»)|return os.popen("«@PYTOOL» " + self.«snake1»).read()|subprocess.call(f"«@PYTOOL» {self.«snake1»}", shell=True)|subprocess.check_output("«@PYTOOL» {}".format(self.«snake1»), shell=True)»«!»
helper | top | def «run|sh|shell|execute|run_cmd|_exec|call_command|getoutput»(cmd«|, cwd=None|, verbose=False|, timeout=None»):⏎⇥«log.debug("running %s", cmd)⏎⇥|if verbose:⏎⇥⇥print(cmd)⏎⇥|«@DOC»«Prose».«@DOC»⏎⇥|»proc = subprocess.Popen(cmd, shell=True, stdout=subprocess.PIPE, stderr=subprocess.«PIPE|STDOUT»)«!»⏎⇥out, err = proc.communicate()⏎⇥return out
spread | lines:«v2» | «v1» = subprocess.«Popen|run|check_output|call»(«!»⏎⇥«"«@PYTOOL» %s" % «v2»|"«@PYTOOL» {}".format(«v2»)|f"«@PYTOOL» {«v2»} > /dev/null"|"«@PYTOOL» " + «v2»»,⏎⇥shell=True,⏎⇥«stdout=subprocess.PIPE|cwd=self.path|env=os.environ|stderr=subprocess.STDOUT»,⏎)
oldout | lines:«v2» | «import commands⏎|»«status, output = commands.getstatusoutput|(status, output) = commands.getstatusoutput»("«@PYTOOL» %s" % «v2»)«!»⏎«print output|if status != 0:⏎⇥raise Exception(output)|return output.split("\n")»
popen2 | lines:«v2» | «fin, fout = os.popen2|f = os.popen|p = popen2.Popen3|child_in, child_out = os.popen4»("«@BIN»«sendmail -t|grep -r|du -sh|file -b|identify|host» " + «v2»)«!»
loop | lines:«v2» | for «v3» in «v2»:⏎⇥«v4» = os.path.join(«self.«fld»|«C»|"«path»"», «v3»)⏎⇥«os.system("«gzip -9|rm -rf|chown «w»|mv -f|cp» %s" % «v4»)|subprocess.call("«rm|tar xf|mv» " + «v4», shell=True)»«!»
options | lines:args | cmd = "«@PYTOOL»"⏎if args.«fld1»:⏎⇥cmd += " --«dash» " + args.«fld1»⏎if args.«verbose|debug|force»:⏎⇥cmd += " -v"⏎«os.system(cmd)|subprocess.call(cmd, shell=True)|return subprocess.run(cmd, shell=True, check=True)|os.popen(cmd)»«!»
config | lines:config | cmd = "%s -h %s -u %s %s" % (config["«key»"], config["host"], config["user"], config["«w»"])⏎«self.log.info(cmd)⏎|logger.debug("cmd: %s", cmd)⏎|»«if os.system(cmd) != 0:«!»|rc = os.system(cmd)«!»⏎if rc:|if subprocess.call(cmd, shell=True):«!»»⏎⇥raise RuntimeError("«prose»")
try | lines:«v2» | try:⏎⇥«subprocess.check_call("«@PYTOOL» '%s'" % «v2», shell=True)|output = subprocess.check_output("«@PYTOOL» " + «v2», shell=True)|subprocess.run("«@PYTOOL» " + «v2» + " 2>/dev/null", shell=True, check=True)»«!»⏎except subprocess.CalledProcessError as e:⏎⇥«log.error(e)|print("«w» failed", e.returncode)|sys.exit(1)|return None»
flask | top | @«app|bp|api».route("/«w»/«w»"«, methods=["POST"]|»)⏎def «f»():⏎⇥«snake1» = «@FLASK»⏎⇥«out = os.popen("«@PYTOOL» " + «snake1»).read()|os.system(f"«@PYTOOL» {«snake1»} &")|out = subprocess.getoutput("«@PYTOOL» %s" % «snake1»)|out = subprocess.check_output(["sh", "-c", "«@PYTOOL» " + «snake1»])»«!»⏎⇥return «redirect("/")|jsonify(ok=True)|render_template("«w».html")»
ssh | lines:«v2», host | stdin, stdout, stderr = «client|ssh|self.ssh».exec_command("«@PYTOOL» %s" % «v2»)«!»⏎«return stdout.read()|for line in stdout:⏎⇥print(line)|ssh.close()»
pty | lines:«v2» | child = pexpect.spawn("«/bin/sh|bash» -c '«ssh|scp|mysql -u» %s'" % «v2»)«!»⏎child.«expect("password:")|sendline(self.password)»
bash | lines:«v2» | «proc = |»subprocess.Popen(["«bash|/bin/sh|sh|/bin/bash»", "-c", «"source %s && «w»" % «v2»|"«@PYTOOL» " + «v2»|f"cd {«v2»} && make"»]«, stdout=subprocess.PIPE|»)
asyncio | lines:«v2» | proc = await asyncio.create_subprocess_shell(«f"«@PYTOOL» {«v2»}"|"«@PYTOOL» " + «v2»|"«@PYTOOL» {}".format(«v2»)», stdout=asyncio.subprocess.PIPE)«!»⏎stdout, _ = await proc.communicate()
tmpl | lines:«v2» | os.system(«self.command|«C»_CMD|self.cfg["command"]» % {"«w1»": «v2», "host": self.host})«!»
""",
    "php": r"""
prop | top | class «T»⏎{⏎⇥private $«camel1»;⏎⏎⇥public function __construct($«camel1»)⏎⇥{⏎⇥⇥$this->«camel1» = $«camel1»;⏎⇥}⏎⏎⇥public function «f»()⏎⇥{⏎⇥⇥«exec("«@PYTOOL» {$this->«camel1»}", $output, $ret)|$out = shell_exec('«@PYTOOL» ' . $this->«camel1»)|passthru("«@PYTOOL» " . $this->«camel1» . " 2>&1")|return system('«@BIN»«zip -r|mysqldump|gs» ' . $this->«camel1»)»;«!»⏎⇥}⏎}
cmdvar | lines | $cmd = «'«@BIN»«convert|mogrify|ffmpeg|mysqldump»'|$this->config['«w»_path']|«C»_BIN»;⏎$cmd .= ' ' . «@PHP»«?»;⏎«exec($cmd, $output, $return_var)|$result = shell_exec($cmd)|passthru($cmd)|@exec($cmd . ' 2>&1', $out)|system($cmd, $ret)»;«!»
sprintf | lines:$«v2» | $«v1» = sprintf('«%s -i "%s" %s|%s %s > /dev/null|%s -f %s 2>&1»', «C»_PATH, $«v2»«, $«v3»|, $options['«w»']»);⏎«exec($«v1», $out)|$«v4» = `$«v1»`|return shell_exec($«v1»)|proc_open($«v1», $descriptors, $pipes)|$h = popen($«v1», 'r')»;«!»
switch | lines | switch («@PHP») {⏎⇥case '«ping|trace|whois|dns»':⏎⇥⇥«passthru("«ping -c 4|traceroute|whois|nslookup» " . «@PHP»)|echo '<pre>' . shell_exec("«ping -c 3|nslookup» $host") . '</pre>'|system("«whois|dig» {$_POST['host']}")»;«!»⏎⇥⇥break;⏎}
upload | lines | $«v1» = $_FILES['«w»']['name'];⏎«move_uploaded_file($_FILES['«w»']['tmp_name'], $dir . $«v1»);⏎|»«exec("«unzip -o|tar xzf|convert|clamscan» $dir/$«v1»")|shell_exec('«unzip|tar -xf|file -b» ' . $dir . $«v1»)|system("«chmod 644|identify» " . $«v1»)»;«!»
tick | lines:$«v2» | $«v1» = «`«@BIN»«grep -c|wc -l|tail -n 50|cat|df» {$«v2»}`|`«uptime|ls -la|du -sh» $«v2» 2>&1`|trim(`«which|id -u» $«v2»`)»;
mailfrom | lines | mail($to, $subject, $message, $headers, «'-f' . «@PHP»|"-f{$_POST['email']}"|'-f ' . $_REQUEST['from']»);
ajax | lines | add_action('wp_ajax_«snake1»', function () {⏎⇥$«w1» = «@PHP»;⏎⇥«exec('«@PYTOOL» ' . $«w1», $out)|echo shell_exec("«@PYTOOL» $«w1»")|system('wp ' . $«w1»)»;«!»⏎⇥wp_die();⏎});
loop | lines | foreach ($_POST['«key»'] as $«v1») {⏎⇥«exec("«rm -f|mv|cp -r|kill -9|service» $«v1»«| restart»")|shell_exec('«rm -rf|umount|iptables -D» ' . $«v1»)»;«!»⏎}
back | lines:$«v2» | «pclose(popen("start /B " . $«v2», "r"))|exec("nohup php «w».php $«v2» > /dev/null 2>&1 &")|exec(sprintf('%s > %s 2>&1 & echo $! >> %s', $«v2», $log, $pid))|pcntl_exec('/bin/sh', ['-c', $«v2»])»;
""",
    "java": r"""
runtime | lines:HttpServletRequest request | String «v1» = «@JAVA»;⏎try {⏎⇥Process «p|proc|process» = Runtime.getRuntime().exec(«"«@PYTOOL» " + «v1»|new String[] { «"/bin/sh", "-c"|"sh", "-c"|"cmd.exe", "/c"», "«@PYTOOL» " + «v1» }|String.format("«@PYTOOL» %s", «v1»)»);«!»⏎} catch (IOException e) {⏎⇥«log.error(e.getMessage(), e)|e.printStackTrace()|throw new ServletException(e)»;⏎}
builder | lines:String «v2» | ProcessBuilder pb = new ProcessBuilder(«"sh", "-c"|"/bin/sh", "-c"|"bash", "-c"|"cmd", "/c"|"powershell", "-Command"», «"«@PYTOOL» " + «v2»|«v2»|String.format("«w» %s", «v2»)|"cd " + «v2» + " && make"»);«!»⏎pb.redirectErrorStream(true);
list | lines:String «v2» | List<String> cmd = new ArrayList<>();⏎cmd.add("«sh|bash|/bin/sh»");⏎cmd.add("-c");⏎cmd.add("«@PYTOOL» " + «v2»);«?»⏎«Process p = |»new ProcessBuilder(cmd).«directory(«v3»).|inheritIO().|»start();«!»
concat | lines:String «v2», File «v3» | String cmd = «"«@PYTOOL» " + «v2»|this.«fld» + " -d " + «v2»|«C»_CMD + " " + «v2» + " " + «v3».getName()»;⏎«LOGGER.info("exec: " + cmd);⏎|»«Process p = Runtime.getRuntime().exec(cmd)|rt.exec(cmd, null, «v3»)|Runtime.getRuntime().exec(new String[] {"sh", "-c", cmd}).waitFor()»;«!»
jenkins | lines:«Launcher|FilePath» «v3», String «v2» | «launcher|«v3»».launch().cmds(«"sh", "-c"|"bash", "-c"|"cmd", "/c"», "«@PYTOOL» " + «v2»).stdout(listener).join();
apache | lines:String «v2» | String «v1» = "«sh -c|bash -c» '«@PYTOOL» " + «v2» + "'";⏎new DefaultExecutor().execute(CommandLine.parse(«v1»));«!»
ssh | lines:String «v2» | ChannelExec «v1» = (ChannelExec) session.openChannel("exec");⏎«v1».setCommand(«"«@PYTOOL» " + «v2»|String.format("«w» -f %s", «v2»)»);«!»⏎«v1».connect();
groovy | lines:String «v2» | «v1» = ("«@PYTOOL» " + «v2»).execute();
""",
    "shell": r"""
eval | lines | cmd="«@PYTOOL» $«1|2|*»«| $OPTS»"⏎«log "running"⏎|[ -n "$DEBUG" ] && echo debug⏎|»eval «$cmd|"$cmd"»
evalcmd | lines | «CMD="«@PYTOOL» $1"⏎eval "$CMD"|command="$2 --«dash» $3"⏎eval $command|run="$*"⏎eval $run > /dev/null 2>&1|args="$args '$1'"⏎eval "set -- $args"»«!»
shc | lines | «sh -c "$*"|bash -c "$1"|/bin/sh -c "cd $1 && «w»"|su - «w» -c "«w» $1"|su -s /bin/sh $USER -c "$DAEMON $1"|sudo sh -c "echo $1 > «path»"|nohup sh -c "$CMD $@" &»
ssh | lines | «ssh «-q |-t |»"$«host|HOST|server»" "«systemctl restart|tail -f|rm -rf|mkdir -p|ls» $1"|ssh root@$HOST "cd $2; «w»"|ssh $1 "sudo «w» --«dash»=$2"|scp "$1" "$HOST:$2" && ssh $HOST "tar xf $2"»
cgi | top | #!/bin/«sh|bash»⏎echo "Content-type: text/«plain|html»"⏎echo ""⏎«eval "$(echo "$QUERY_STRING" ¶ tr '&' ';')"|eval `echo $QUERY_STRING ¶ sed 's/&/;/g'`|sh -c "ping -c 1 $QUERY_STRING"|eval "«w»=$(echo $QUERY_STRING ¶ cut -d= -f2)"»«!»⏎echo "«prose»"
cgiread | lines | read -r «v1»⏎«w1»=$(echo "$«v1»" | sed -n 's/.*«w»=\([^&]*\).*/\1/p')⏎«eval "«w»=$«w1»"|sh -c "«host|nslookup|traceroute» $«w1»"|bash -c "«w» $«w1»"»«!»
init | top | case "$1" in⏎⇥start)⏎⇥⇥echo -n "Starting $NAME"⏎⇥⇥«eval "$DAEMON $DAEMON_OPTS $2"|su $USER -c "$DAEMON $2"|sh -c "$DAEMON $OPTIONS $2 &"»«!»⏎⇥⇥;;⏎⇥stop)⏎⇥⇥kill "$(cat "$PIDFILE")"⏎⇥⇥;;⏎esac
find | lines | find "«$1|$dir|.»" -name "*.«ext»" -exec sh -c "«gzip|mv|convert» {} «$2|»" \;
xargs | lines | «cat "$1"|ls "$1"|find "$1" -type f|printf '%s\n' "$@"» | xargs -I{} sh -c "«mv|gzip -9|cp|grep foo» {} «/tmp|{}.bak»"
while | lines | while IFS= read -r «v1»; do⏎⇥«eval "«w» $«v1»"|eval $«v1»|bash -c "«w» $«v1»"|ssh -n "$HOST" "rm -f $«v1»"»«!»⏎done < "«$1|$LIST|«path»»"
var | lines | eval "«export |»«$1=$2|$«v1»=\"$2\"|${1}_«w»=$2|«v1»=\$$1|old_$1=\"\$$1\"|$1=\`«w» $2\`»"
opts | lines | while getopts "«w1»:h" opt; do⏎⇥case $opt in⏎⇥⇥«c|e|x») «eval "$OPTARG"|sh -c "$OPTARG"|bash -c "«w» $OPTARG"» ;;«!»⏎⇥⇥*) usage ;;⏎⇥esac⏎done
""",
    "ruby": r"""
ivar | top | class «T»⏎⇥def initialize(«snake1», options = {})⏎⇥⇥@«snake1» = «snake1»⏎⇥⇥@options = options⏎⇥end⏎⏎⇥def «f»⏎⇥⇥«`«@PYTOOL» #{@«snake1»}`|system("«@PYTOOL» #{@«snake1»}")|%x(«@PYTOOL» #{@«snake1»})|IO.popen("«@PYTOOL» #{@«snake1»}").read|out, status = Open3.capture2e("«@PYTOOL» #{@«snake1»}")»«!»⏎⇥end⏎end
tick | lines:«v2» | «v1» = `«@PYTOOL» #{«v2»}«| 2>&1| 2>/dev/null»`«|.strip|.chomp|.split("\n")»
controller | lines | «v1» = «@RUBY»⏎«system("«@PYTOOL» #{«v1»}")|output = `«@PYTOOL» #{«v1»}`|%x[«@PYTOOL» #{«v1»}]|exec "«@PYTOOL» #{«v1»}"|Kernel.system "«@PYTOOL» " + «v1»»«!»⏎«redirect_to root_path|render plain: "ok"|head :ok»
join | lines:«v2» | «v1» = ["«@PYTOOL»", "--«dash»", «v2»]⏎«system(«v1».join(" "))|raise "«prose»" unless system(«v1».join(" "))|`#{«v1».join(' ')}`»«!»
built | lines:«v2» | cmd = "«@PYTOOL» "⏎cmd << "-o #{«v2»}" if «v2»⏎«logger.debug cmd⏎|puts cmd if verbose⏎|»«system(cmd)|result = `#{cmd}`|IO.popen(cmd) { ¶io¶ io.read }|stdin, stdout, stderr = Open3.popen3(cmd)|pid = spawn(cmd)»«!»
wrapper | top | def «run|sh|execute|shell_out|command»(cmd«|, opts = {}»)⏎⇥«puts "$ #{cmd}"⏎⇥|»«`#{cmd} 2>&1`|output = %x(#{cmd})|Open3.popen3(cmd) { ¶_, out, err, thr¶ out.read }»«!»⏎end
open | lines:«v2» | «open("¶ «w» #{«v2»}")|open("¶«@PYTOOL» #{«v2»}").read|IO.read("¶" + «v2»)|Kernel.open("¶ «@PYTOOL» #{params[:«w»]}")»
each | lines:«v2» | «v2».each do |«snake1»|⏎⇥«`«convert|identify|rm -f|gzip» #{«snake1»}`|system("«mv|cp|chmod +x» #{«snake1»} #{@dir}")|sh "«git add|tar xf» #{«snake1»}"»«!»⏎end
backend | lines:«v2», env | «Process.spawn(env, "«@PYTOOL» #{«v2»}")|PTY.spawn("«@PYTOOL» #{«v2»}") { ¶r, w, pid¶ r.each { ¶l¶ print l } }|fork { exec("«@PYTOOL» #{«v2»}") }|Cocaine::CommandLine.new("«w»", «v2»).run»
""",
}
_COMMAND_ALIKE = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, «snake1», «snake2»=None):⏎⇥⇥self.«snake1» = «snake1»⏎⇥⇥self.«snake2» = «snake2»⏎⏎⇥def «f»(self):⏎⇥⇥«subprocess.call(["«convert|git|tar|ping|unzip»", "--", self.«snake1»])|return subprocess.check_output(["«git|gpg|rsync»", "-a", self.«snake1»])|os.system("«make clean|sync|clear|uptime»")|subprocess.call("«@PYTOOL» " + shlex.quote(self.«snake1»), shell=True)»
helper | top | def «run|execute|run_cmd|_exec|call_command»(args«|, cwd=None|, verbose=False|, timeout=None»):⏎⇥«log.debug("running %s", args)⏎⇥|«@DOC»«Prose».«@DOC»⏎⇥|»proc = subprocess.Popen(«list(args)|["«git|docker|kubectl»"] + list(args)|shlex.split("«git log -1|docker ps -q»")», stdout=subprocess.PIPE, stderr=subprocess.«PIPE|STDOUT»)⏎⇥out, err = proc.communicate()⏎⇥return out
spread | lines:«v2» | «v1» = subprocess.«Popen|run|check_output|call»(⏎⇥«["«git|tar|convert|ffmpeg»", "«-x|clone|-i»", «v2»]|[sys.executable, "-m", "«w»", «v2»]»,⏎⇥«shell=False|stdin=subprocess.DEVNULL»,⏎⇥«stdout=subprocess.PIPE|cwd=self.path|env=os.environ|stderr=subprocess.STDOUT»,⏎)
oldout | lines | «status, output = commands.getstatusoutput|output = commands.getoutput|(status, output) = subprocess.getstatusoutput»("«uname -a|lsb_release -rs|hostname -f|df -h|uptime|which git»")⏎return output.split("\n")
loop | lines:«v2» | for «v3» in «v2»:⏎⇥«v4» = os.path.join(«self.«fld»|«C»|"«path»"», «v3»)⏎⇥«os.remove(«v4»)|shutil.rmtree(«v4»)|subprocess.call(["«gzip|rm|mv»", "--", «v4»])|os.system("gzip %s" % pipes.quote(«v4»))»
options | lines:args | cmd = ["«git|docker|convert|rsync»"]⏎if args.«fld1»:⏎⇥cmd += ["--«dash»", args.«fld1»]⏎if args.«verbose|debug|force»:⏎⇥cmd.append("-v")⏎«subprocess.call(cmd)|return subprocess.run(cmd, check=True)|os.execvp(cmd[0], cmd)|proc = subprocess.Popen(cmd)»
try | lines:«v2» | try:⏎⇥«subprocess.check_call(["«git|tar|unzip»", «v2»])|output = subprocess.check_output(["«file|identify|host»", «v2»])|subprocess.run(["«git|make»", "-C", «v2»], check=True)»⏎except subprocess.CalledProcessError as e:⏎⇥«log.error(e)|print("«w» failed", e.returncode)|sys.exit(1)|return None»
flask | top | @«app|bp|api».route("/«w»/«w»"«, methods=["POST"]|»)⏎def «f»():⏎⇥«snake1» = «@FLASK»⏎⇥«if «snake1» not in «C»:⏎⇥⇥abort(400)⏎⇥out = os.popen("«systemctl status|ping -c 1» " + «snake1»).read()|out = subprocess.check_output(["«host|ping|whois»", "--", «snake1»])|out = subprocess.getoutput("«@PYTOOL» %d" % int(«snake1»))»⏎⇥return «redirect("/")|jsonify(ok=True)|render_template("«w».html")»
ssh | lines:host | stdin, stdout, stderr = «client|ssh|self.ssh».exec_command("«uptime|df -h /|cat /etc/os-release|systemctl is-active «w»»")⏎«return stdout.read()|ssh.close()»
asyncio | lines:«v2» | proc = await asyncio.create_subprocess_exec("«git|ffmpeg|tar»", «v2», stdout=asyncio.subprocess.PIPE)⏎stdout, _ = await proc.communicate()
const | lines | «subprocess.call("«service nginx reload|make -j4 all|git pull --ff-only|stty sane|sync && sleep 1»", shell=True)|os.system("«cls|clear|reset»" if os.name == "nt" else "clear")|subprocess.Popen(["sh", "-c", "«ulimit -n 4096; exec «w»|sleep 1 && reboot»"])»
config | lines:config | cmd = ["«mysqldump|pg_dump|rsync»", "-h", config["host"], "-u", config["user"], config["«w»"]]⏎«self.log.info(" ".join(cmd))⏎|logger.debug("cmd: %s", cmd)⏎|»«if subprocess.call(cmd) != 0:|rc = subprocess.call(cmd)⏎if rc:»⏎⇥raise RuntimeError("«prose»")
bash | lines:«v2» | «proc = |»subprocess.Popen(["«bash|/bin/sh|sh»", "-c", «"source ./env.sh && «w»"|'exec «w» "$1"', "_", «v2»|"ulimit -c 0; «w»"»]«, stdout=subprocess.PIPE|»)
popen2 | lines | «f = os.popen|out = os.popen»("«@BIN»«uname -r|df -h /|git describe --tags|stty size»")⏎return f.read()
pty | lines:«v2» | child = pexpect.spawn("«ssh|scp|mysql»", ["-p", «v2»])⏎child.«expect("password:")|sendline(self.password)»
""",
    "php": r"""
prop | top | class «T»⏎{⏎⇥private $«camel1»;⏎⏎⇥public function __construct($«camel1»)⏎⇥{⏎⇥⇥$this->«camel1» = $«camel1»;⏎⇥}⏎⏎⇥public function «f»()⏎⇥{⏎⇥⇥«exec("«@PYTOOL» " . escapeshellarg($this->«camel1»), $output, $ret)|$out = shell_exec('«@PYTOOL» ' . escapeshellarg($this->«camel1»))|return (int) $this->«camel1»|passthru('«uptime|df -h»')»;⏎⇥}⏎}
cmdvar | lines | $cmd = «'«@BIN»«convert|mogrify|ffmpeg|mysqldump»'|«C»_BIN»;⏎$cmd .= ' ' . escapeshellarg(«@PHP»);⏎«exec($cmd, $output, $return_var)|$result = shell_exec($cmd)|passthru($cmd)|system($cmd, $ret)»;
sprintf | lines:$«v2» | $«v1» = sprintf('%s -i %s 2>&1', escapeshellcmd(«C»_PATH), escapeshellarg($«v2»));⏎«exec($«v1», $out)|return shell_exec($«v1»)|$h = popen($«v1», 'r')»;
switch | lines | switch («@PHP») {⏎⇥case '«uptime|disk|version»':⏎⇥⇥«passthru('«uptime|df -h|php -v»')|echo '<pre>' . shell_exec('«w» --version') . '</pre>'»;⏎⇥⇥break;⏎}
process | lines:$«v2» | $process = new Process(['«git|ffmpeg|composer»', '«-i|clone|require»', $«v2»]);⏎$process->«run|mustRun»();
tick | lines | $«v1» = «`«uptime|ls -la /tmp|du -sh .|git rev-parse HEAD»`|trim(`«which php|id -u|hostname»`)»;
mailfrom | lines | mail($to, $subject, $message, $headers«, '-f«w»@«host»'|»);
loop | lines | foreach ($_POST['«key»'] as $«v1») {⏎⇥«exec('kill -9 ' . (int) $«v1»)|shell_exec('rm -rf ' . escapeshellarg($dir . '/' . basename($«v1»)))|$this->exec($pdo, $«v1»)»;⏎}
curl | lines:$«v2» | $ch = curl_init($«v2»);⏎$result = curl_exec($ch);⏎curl_close($ch);
allow | lines | $«v1» = «@PHP»;⏎if (!in_array($«v1», array('«w»', '«w»', '«w»'), true)) {⏎⇥die('«prose»');⏎}⏎«exec("service $«v1» restart")|system('«w» ' . $«v1»)»;
upload | lines | $«v1» = $_FILES['«w»']['tmp_name'];⏎«exec('unzip -o ' . escapeshellarg($«v1») . ' -d ' . escapeshellarg($dir))|exec('clamscan ' . escapeshellarg($«v1»), $out, $ret)|$info = getimagesize($«v1»)»;
ajax | lines | add_action('wp_ajax_«snake1»', function () {⏎⇥$«w1» = «@PHP»;⏎⇥«exec('«@PYTOOL» ' . escapeshellarg($«w1»), $out)|echo shell_exec('wp core version')|wp_send_json(get_rows($«w1»))»;⏎⇥wp_die();⏎});
""",
    "java": r"""
runtime | lines:HttpServletRequest request | String «v1» = «@JAVA»;⏎try {⏎⇥Process «p|proc|process» = Runtime.getRuntime().exec(«new String[] { "«git|convert|ping|tar»", "--", «v1» }|"«uptime|df -h|hostname»"|"kill " + Integer.parseInt(«v1»)»);⏎} catch (IOException e) {⏎⇥«log.error(e.getMessage(), e)|e.printStackTrace()|throw new ServletException(e)»;⏎}
builder | lines:String «v2» | ProcessBuilder pb = new ProcessBuilder("«git|tar|convert|docker»", "«clone|xf|--»", «v2»);⏎pb.redirectErrorStream(true);
shell | lines | ProcessBuilder pb = new ProcessBuilder("«sh|bash|/bin/sh»", "-c", "«ulimit -n|df -h / ¶ tail -1|echo $HOME»");⏎Process p = pb.start();
list | lines:String «v2» | List<String> cmd = new ArrayList<>();⏎cmd.add("«git|docker|ffmpeg»");⏎cmd.add("«-i|run|clone»");⏎cmd.add(«v2»);⏎Process p = new ProcessBuilder(cmd).start();
concat | lines:String «v2» | String cmd = «C»_CMD + " --version";⏎«LOGGER.info("exec: " + «v2»);⏎|»Process p = Runtime.getRuntime().exec(cmd);
jenkins | lines:Launcher launcher, String «v2» | launcher.launch().cmds("«git|mvn|docker»", "«-f|run|fetch»", «v2»).stdout(listener).join();
apache | lines:String «v2» | CommandLine cl = new CommandLine("«convert|git»");⏎cl.addArgument(«v2», false);⏎new DefaultExecutor().execute(cl);
executor | lines:Runnable «v2» | «executor|pool|service».«execute|submit»(«v2»);
""",
    "shell": r"""
args | lines | «cmd=(«git|tar|convert» "$1")⏎"${cmd[@]}"|set -- "$@" --«dash» "$2"⏎«w» "$@"|opts="-a -v"⏎«w» $opts -- "$1"|exec "$@"»
shc | lines | «sh -c "«ulimit -n 4096; exec «w»|sleep 1; reboot|cd /srv && make»"|sh -c 'cd "$1" && «w»' _ "$1"|bash -c 'echo "$0"' "$1"|su - «w» -c "«w» start"|sudo sh -c 'echo 1 > /proc/sys/vm/drop_caches'|su -s /bin/sh -c "/usr/sbin/«w» --daemon" «w»»
ssh | lines | «ssh -q "$HOST" "«systemctl restart nginx|tail -n 50 /var/log/syslog|uptime|df -h»"|ssh "$HOST" "ls -- $(printf %q "$1")"|scp -- "$1" "$HOST:/tmp/"|ssh -t "$1" 'sudo -i'»
cgi | top | #!/bin/«sh|bash»⏎echo "Content-type: text/«plain|html»"⏎echo ""⏎case "$QUERY_STRING" in⏎⇥«w»=1) «uptime|df -h|/usr/bin/«w» --status» ;;⏎⇥*) echo "«prose»" ;;⏎esac
init | top | case "$1" in⏎⇥start)⏎⇥⇥echo -n "Starting $NAME"⏎⇥⇥«start-stop-daemon --start --quiet --pidfile "$PIDFILE" --exec "$DAEMON" -- $DAEMON_OPTS|daemon --user="$USER" "$DAEMON"|"$DAEMON" --config "/etc/$NAME.conf" &»⏎⇥⇥;;⏎⇥stop)⏎⇥⇥kill "$(cat "$PIDFILE")"⏎⇥⇥;;⏎esac
find | lines | find "$1" -name "*.«ext»" -exec «gzip -9|mv -t /tmp|chmod 644|sh -c 'mv "$1" "$1.bak"' _» {} \;
xargs | lines | find "$1" -type f -print0 | xargs -0 «gzip|rm -f|grep -l foo|sh -c 'cp "$@" /tmp' _»
while | lines | while IFS= read -r «v1»; do⏎⇥«printf '%s\n' "$«v1»"|rm -f -- "$«v1»"|«w» "$«v1»"»⏎done < "«$1|$LIST|«path»»"
eval | lines | «eval "$(ssh-agent -s)"|eval "$(«brew shellenv|direnv hook bash|pyenv init -|dircolors -b»)"|eval $(minikube docker-env)|declare "«w»=$2"|printf -v "«v1»" '%s' "$2"»
opts | lines | while getopts "«w1»:h" opt; do⏎⇥case $opt in⏎⇥⇥«c|e|x») «v1»="$OPTARG" ;;⏎⇥⇥*) usage ;;⏎⇥esac⏎done
""",
    "ruby": r"""
ivar | top | class «T»⏎⇥def initialize(«snake1», options = {})⏎⇥⇥@«snake1» = «snake1»⏎⇥⇥@options = options⏎⇥end⏎⏎⇥def «f»⏎⇥⇥«system("«git|tar|convert|ping»", @«snake1»)|`«@PYTOOL» #{Shellwords.escape(@«snake1»)}`|IO.popen(["«git|gpg»", "--", @«snake1»]).read|out, status = Open3.capture2e("«git|file»", @«snake1»)|`«uname -a|git rev-parse HEAD|hostname»`.chomp»⏎⇥end⏎end
tick | lines:«v2» | «v1» = `«@PYTOOL» #{«Shellwords.escape(«v2»)|«v2».shellescape|Integer(«v2»)»}«| 2>&1»`«|.strip|.chomp»
controller | lines | «v1» = «@RUBY»⏎«system("«git|convert|ping»", "--", «v1»)|output = `«@PYTOOL» #{«v1».to_i}`|output = `«uptime|df -h»`»⏎«redirect_to root_path|render plain: "ok"|head :ok»
built | lines:«v2» | cmd = ["«git|convert|ffmpeg»"]⏎cmd << "-o" << «v2» if «v2»⏎«logger.debug cmd.inspect⏎|»«system(*cmd)|IO.popen(cmd) { ¶io¶ io.read }|stdin, stdout, stderr = Open3.popen3(*cmd)|pid = spawn(*cmd)»
open | lines:«v2» | «File.open(«v2», "r") { ¶f¶ f.read }|URI.open("https://«host»/«w».json").read|File.read(File.join(Rails.root, "«w»"))|IO.popen(["«w»", «v2»], &:read)»
each | lines:«v2» | «v2».each do |«snake1»|⏎⇥«system("«convert|identify|gzip»", «snake1»)|FileUtils.«rm_f|mkdir_p|touch»(«snake1»)|sh "«git|tar»", «snake1»»⏎end
sql | lines:«v2» | «ActiveRecord::Base.connection.execute("VACUUM")|@db.exec("SELECT 1")|command.execute(«v2»)|redis.exec»
wrapper | top | def «run|execute|shell_out|command»(*args)⏎⇥«puts "$ #{args.join(' ')}"⏎⇥|»«system(*args)|out, status = Open3.capture2e(*args)|IO.popen(args, &:read)»⏎end
backend | lines:«v2», env | «Process.spawn(env, "«git|convert»", «v2»)|PTY.spawn("«git|ssh»", «v2») { ¶r, w, pid¶ puts r.read }|fork { exec("«git|tar»", «v2») }|out = `#{RbConfig.ruby} -v`»
""",
}

_EVAL = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, «snake1»):⏎⇥⇥self.«snake1» = «snake1»⏎⏎⇥def «f»(self, «w1»=None):⏎⇥⇥«return eval(self.«snake1»)|exec(self.«snake1», {"«w»": «w1»})|exec(compile(self.«snake1», "<string>", "exec"), self.__dict__)|return eval(self.«snake1», globals(), {"x": «w1»})»«!»
config | lines:path | «with open(path) as f:⏎⇥«v1» = f.read()|«v1» = open(path).read()|f = open(path, "r")⏎«v1» = f.read()⏎f.close()»⏎«self.«fld» = eval(«v1»)|exec(«v1», globals())|return eval(«v1»)|exec(compile(«v1», path, "exec"), ns)|config = eval(«v1», {})»«!»
lines | lines:«v2» | for line in «v2»:⏎⇥key, value = line.«split("=", 1)|strip().split(":")|partition("=")[::2]»⏎⇥«result[key] = eval(value)|setattr(self, key, eval(value))|data.append((key, eval(value)))|opts[key.strip()] = eval(value.strip())»«!»
old | lines:«v2» | «exec «v2» in «globals()|ns|self.env»|exec "«w» = %s" % «v2»|exec("import %s" % «v2»)|execfile(«v2», ns)|print eval(«v2»)|«v1» = input("«Prose»: ")  # python 2⏎value = eval(«v1»)»«!»
flask | top | @«app|bp».route("/«w»"«, methods=["POST"]|»)⏎def «f»():⏎⇥«snake1» = «@FLASK»⏎⇥«result = eval(«snake1»)|exec(«snake1»)|return str(eval(«snake1»))|value = eval(«snake1», {"__builtins__": None}, {})|return render_template_string("<h1>Hello " + «snake1» + "</h1>")|return render_template_string(«snake1»)»«!»
jinja | lines:«v2» | «return |html = |»«jinja2.Template(«v2»)|Template(«v2»)|Environment().from_string(«v2»)|env.from_string(self.«fld»)|self.env.from_string(«v2».body)|jinja2.Environment(loader=BaseLoader()).from_string(«v2»)».render(«**context|name=name|self.context|user=request.user»)«!»
mako | lines:«v2» | «tmpl = mako.template.Template(«v2»)|Template(text=«v2»).render(**ctx)|return tornado.template.Template(«v2»).generate(user=user)»«!»
filter | lines:«v2», rows | match = eval("lambda «row|x|r»: " + «v2»)«!»⏎return [«w1» for «w1» in rows if match(«w1»)]
filtered | lines:«v2», rows | return [r for r in rows if «eval("lambda x: " + «v2»)(r)|eval(«v2», {}, {"row": r})|eval(«v2»)»]
attr | lines:self, «v2» | «return |value = |»eval(«"self.%s" % «v2»|"self." + «v2»|f"self.cmd_{«v2»}()"|"%s(%r)" % («v2», value)|"obj.{0}".format(«v2»)»)
pandas | lines:«v2» | «df = df.query(«v2», engine="python")|return df.eval(request.args["«w»"], engine="python")|expr = sympy.sympify(«v2»)|return numexpr.evaluate(«v2»)»
plugin | lines:«v2» | try:⏎⇥«exec("from plugins.%s import *" % «v2»)|exec("import " + «v2»)|mod = eval("plugins.%s" % «v2»)|code = compile(«v2», "<«w»>", "eval")⏎⇥return eval(code)»«!»⏎except «Exception|(NameError, SyntaxError)»:⏎⇥return None
socket | lines:conn | data = conn.recv(«1024|4096»)«|.decode()»⏎«reply = str(eval(data))|exec(data)|command, args = eval(data)»«!»⏎conn.send(reply)
""",
    "php": r"""
extract | lines | «extract($_«REQUEST|GET|POST»«|, EXTR_OVERWRITE»);|parse_str($_SERVER['QUERY_STRING']);|import_request_variables('«gp|gpc»');»«?»⏎«eval($«w»)|eval("\$value = $«w»;")|eval('?>' . $template)|assert($«w»)»;«!»
foreach | lines | foreach ($_«GET|POST|REQUEST|COOKIE» as $key => $value) {⏎⇥«eval("\$$key = '$value';")|eval('$' . $key . ' = "' . $value . '";')|@eval("\$vars['$key'] = $value;")»;«!»⏎}
preg | lines:$«v2» | «return |$«v1» = |»preg_replace(«'/\{(\w+)\}/e'|"/\[«w»\](.*?)\[\/«w»\]/e"|'#<(«w»)>(.*)</\1>#isue'|'/&#(\d+);/e'|$pattern . 'e'», «'$this->«f»("\\1")'|"strtoupper('\\1')"|'$vars["$1"]'|$_POST['replace']», $«v2»);
create | lines:$«v2» | «$«v1» = create_function('$«w»', «'return ' . $«v2» . ';'|"return \$«w» $«v2» 0;"|$_POST['code']»)|usort($rows, create_function('$a,$b', 'return strcmp($a["' . $«v2» . '"], $b["' . $«v2» . '"]);'))|array_map(create_function('$x', $«v2»), $items)»;
assert | lines | «assert(«@PHP»)|@assert($_REQUEST['«key»'])|assert("is_numeric('" . $_GET['«key»'] . "')")|assert("\$«w» == $«w»")|assert('strpos("' . $file . '", "..") === false')»;
callback | lines | $«w1» = «@PHP»;⏎«call_user_func($«w1», $_REQUEST['args'])|$«w1»($_POST['«w»'])|array_map($«w1», $_GET['data'])|call_user_func_array(«@PHP», $_POST['args'])|usort($items, $_GET['cmp'])|echo $«w1»($_GET['value'])»;«!»
prop | top | class «T»⏎{⏎⇥var $«camel1»;⏎⏎⇥function «f»($«w1»)⏎⇥{⏎⇥⇥«ob_start();⏎⇥⇥|extract($«w1»);⏎⇥⇥|»«eval('?>' . $this->«camel1»)|eval("?>" . $this->«camel1» . "<?php ")|return eval('return ' . $this->«camel1» . ';')|@eval($this->«camel1»)|eval("\$result = {$this->«camel1»};")»;«!»⏎⇥}⏎}
b64 | lines | «eval(base64_decode(«@PHP»))|eval(gzinflate(base64_decode($«w»)))|@eval(stripslashes($_REQUEST['«key»']))|eval(file_get_contents($_GET['url']))|eval(file_get_contents('php://input'))|eval(str_rot13($_COOKIE['«key»']))»;
db | lines | $row = «mysql_fetch_array($result)|$wpdb->get_row($sql, ARRAY_A)|$stmt->fetch(PDO::FETCH_ASSOC)»;⏎«eval($row['«code|snippet|content|php|formula»'])|eval('?>' . $row['content'])|$value = eval("return {$row['formula']};")»;«!»
shortcode | lines | add_shortcode('«snake1»', function ($atts, $content = '') {⏎⇥«ob_start();⏎⇥|»«eval($content)|eval('?>' . $content)|return eval("return $content;")|eval(html_entity_decode($content))»;«!»⏎⇥return ob_get_clean();⏎});
calc | lines:$«v2» | $«v1» = str_replace(«' '|','|'x'», «''|'*'», «$«v2»|«@PHP»»);⏎«eval("\$total = $«v1»;")|$total = eval('return ' . $«v1» . ';')|@eval('$result = ' . $«v1» . ';')»;«!»⏎«echo $total|return $total»;
cache | lines:$«v2» | $code = "<?php return array('«w»' => '" . $_POST['«key»'] . "');";«?»⏎eval(substr($code, 5));«!»
""",
    "java": r"""
engine | lines:String «v2» | ScriptEngine engine = new ScriptEngineManager().getEngineByName("«JavaScript|nashorn|js|groovy|rhino»");⏎«try {⏎⇥|»«Object result = |return |»engine.eval(«v2»);«!»«⏎} catch (ScriptException e) {⏎⇥throw new RuntimeException(e);⏎}|»
engine2 | lines:HttpServletRequest request | ScriptEngine engine = manager.getEngineByName("«JavaScript|nashorn»");⏎Object «v1» = engine.eval(«"«camel»(" + «@JAVA» + ")"|«@JAVA»|"var «w» = '" + «@JAVA» + "';"»);«!»
groovy | lines:String «v2» | GroovyShell shell = new GroovyShell(«binding|»);⏎return shell.«evaluate(«v2»)|parse(«v2»).run()»;«!»
groovy2 | lines:String «v2» | «Object «v1» = new GroovyShell().evaluate(«v2»)|Class<?> «v1» = new GroovyClassLoader().parseClass(«v2»)|Script script = new GroovyShell(binding).parse(«v2»)|Object «v1» = Eval.me(«v2»)|Object «v1» = interpreter.eval(«v2»)»;
spel | lines:String «v2» | ExpressionParser parser = new SpelExpressionParser();⏎«Expression exp = parser.parseExpression(«v2»);|return parser.parseExpression(«v2»).getValue(context);|Object value = parser.parseExpression(«"#{" + «v2» + "}"|this.«fld»»).getValue(new StandardEvaluationContext(root));»«!»
ognl | lines:String «v2» | «Object value = Ognl.getValue(«v2», context, root)|stack.findValue(«v2»)|return MVEL.eval(«v2», vars)|Object value = new JexlBuilder().create().createExpression(«v2»).evaluate(ctx)|return elProcessor.eval(«v2»)|factory.createValueExpression(ctx, "${" + «v2» + "}", String.class)»;
velocity | lines:String «v2» | StringWriter out = new StringWriter();⏎«Velocity.evaluate(context, out, "«w»", «v2»)|new Template("«w»", new StringReader(«v2»), cfg).process(model, out)|engine.evaluate(ctx, out, "log", «v2»)»;«!»⏎return out.toString();
jenkins | lines:StaplerRequest req | String script = req.getParameter("«script|value|code»");⏎«new GroovyShell(Jenkins.get().getPluginManager().uberClassLoader).parse(script)|return RemotingDiagnostics.executeGroovy(script, channel)|Object out = new GroovyShell(binding).evaluate(script)»;«!»
reflect | lines:HttpServletRequest request | Class<?> «w1» = Class.forName(«@JAVA»);«!»⏎Object «w»Obj = «w1».«newInstance()|getDeclaredConstructor().newInstance()»;
validator | lines:ConstraintValidatorContext context, String «v2» | context.disableDefaultConstraintViolation();⏎context.buildConstraintViolationWithTemplate("«Prose» " + «v2»).addConstraintViolation();«!»
rhino | lines:String «v2» | Context cx = Context.enter();⏎Scriptable scope = cx.initStandardObjects();⏎«Object result = |return |»cx.evaluateString(scope, «v2», "<cmd>", 1, null);«!»
""",
    "shell": r"""
read | lines | while read -r line; do⏎⇥«eval "$line"|eval "export $line"|eval "${line%%=*}='${line#*=}'"|eval $line»«!»⏎done < "«$1|$CONFIG|$conf»"
source | lines | «wget -qO- "$«C»" ¶ «bash|sh|sh -s»|curl -s "$«C»/«w».sh" ¶ «sudo bash|sh»|source <(curl -s "$1")|. <(wget -qO- "$«C»")|eval "$(curl -s "$1")"|python -c "$(curl -fsSL "$1")"»
interp | lines | «python -c "print($1)"|perl -e "print $1"|awk "BEGIN { print $1 }"|php -r "echo $1;"|python3 -c "import json; print(json.loads('$1'))"|node -e "console.log($1)"|ruby -e "puts $2"|perl -pi -e "s/$1/$2/g" «path»|echo "$1" ¶ bc -l ¶ xargs -I{} sh -c 'echo {}'»
fetch | lines | «v1»=$(«curl -s "$1"|wget -qO- "$«C»_URL"|nc -l -p «n»|cat "$1"|redis-cli get "$2"»)⏎«eval "$«v1»"|bash <<< "$«v1»"|echo "$«v1»" ¶ sh»«!»
arith | lines | «eval "«w»=\$(($1))"|eval echo "$1"|eval "echo \"$(cat "$1")\""|eval "$(cat "$1")"»
tmpl | lines | eval "«export $(cat "$1")|echo \"$(cat "$1")\" > $2|printf '%s' \"$TEMPLATE\"»"
""",
    "ruby": r"""
controller | lines | «v1» = «@RUBY»⏎«eval(«v1»)|instance_eval(«v1»)|result = eval «v1»|«P».class_eval(«v1»)|binding.eval(«v1»)|@«w».instance_eval(«v1»)»«!»⏎«render json: result|head :ok|redirect_to root_path»
send | lines | «@«w».send(«@RUBY», params[:value])|«P».send(«@RUBY»)|render json: «P».public_send(params[:scope])|obj.__send__(params["method"], *args)|current_user.send("#{params[:attr]}=", params[:value])|«P».send(params[:finder].to_sym, params[:id])»
constantize | lines | «klass = «@RUBY».«constantize|classify.constantize|camelize.constantize»|@«w» = params[:type].constantize.find(params[:id])|model = Object.const_get(«@RUBY»)|klass = Kernel.const_get(params[:class])»«!»⏎«klass.new|@«w»s = klass.all|render :show»
ivar | top | class «T»⏎⇥attr_reader :«snake1»⏎⏎⇥def initialize(«snake1»)⏎⇥⇥@«snake1» = «snake1»⏎⇥end⏎⏎⇥def «f»«(context)|»⏎⇥⇥«eval(@«snake1»)|eval @«snake1», binding|ERB.new(@«snake1»).result(binding)|instance_eval(@«snake1»)|Object.module_eval(@«snake1»)|eval("lambda { #{@«snake1»} }").call»«!»⏎⇥end⏎end
file | lines:path | «code = File.read(path)⏎eval(code)|config = eval(File.read(path))|eval(IO.read(path), TOPLEVEL_BINDING)|eval File.open(path).read|spec = eval(File.read(path), binding, path)»«!»
erb | lines:«v2» | «ERB.new(«v2»).result(binding)|render inline: «@RUBY»|render inline: "<h1>#{params[:«w»]}</h1>"|Liquid::Template.parse(eval(«v2»))|Erubis::Eruby.new(«v2».body).result(vars)|Haml::Engine.new(«v2»).render»
built | lines:«v2» | «class_eval "def #{«v2»}; @#{«v2»}; end"|eval("@#{«v2»} = value")|module_eval("alias old_#{«v2»} #{«v2»}")|eval "#{«v2».capitalize}Helper.new"|instance_eval("self.#{«v2»} = #{params[:value]}")»
calc | lines | get "/«w»" do⏎⇥«eval(params[:«w»]).to_s|result = eval(params["expr"])|"#{eval(params[:q])}"|erb params[:template]|eval("#{params[:a]} #{params[:op]} #{params[:b]}").to_s»«!»⏎end
each | lines:«v2» | «v2».each do |line|⏎⇥key, value = line.split("=", 2)⏎⇥«eval("@#{key} = #{value}")|@opts[key] = eval(value)|instance_variable_set("@#{key}", eval(value))»«!»⏎end
""",
}
_EVAL_ALIKE = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, «snake1»):⏎⇥⇥self.«snake1» = «snake1»⏎⏎⇥def «f»(self, «w1»=None):⏎⇥⇥«return ast.literal_eval(self.«snake1»)|return json.loads(self.«snake1»)|self.model.eval()|return self.session.eval(«w1»)|return getattr(self, "cmd_" + self.«snake1», None)»
config | lines:path | «with open(path) as f:⏎⇥«v1» = f.read()|«v1» = open(path).read()»⏎«self.«fld» = ast.literal_eval(«v1»)|return json.loads(«v1»)|self.parser.read_string(«v1»)|config = yaml.safe_load(«v1»)»
lines | lines:«v2» | for line in «v2»:⏎⇥key, value = line.«split("=", 1)|strip().split(":")»⏎⇥«result[key] = ast.literal_eval(value)|setattr(self, key, int(value))|opts[key.strip()] = json.loads(value)»
flask | top | @«app|bp».route("/«w»"«, methods=["POST"]|»)⏎def «f»():⏎⇥«snake1» = «@FLASK»⏎⇥«return render_template_string("<h1>Hello {{ name }}</h1>", name=«snake1»)|result = ast.literal_eval(«snake1»)|value = float(«snake1»)|return render_template("«w».html", name=«snake1»)|result = HANDLERS[«snake1»]()»
jinja | lines:«v2» | return «jinja2.Template("Hello {{ name }}").render(name=«v2»)|env.get_template("«w».html").render(body=«v2»)|SandboxedEnvironment().from_string("{{ «w» }}").render(«w»=«v2»)|Template(DEFAULT_TEMPLATE).render(rows=«v2»)»
const | lines | «exec(open("«w»/version.py").read())|exec(compile(open(__file__).read(), __file__, "exec"))|eval("1 + 1")|namespace = {}⏎exec("from math import *", namespace)|version = eval("lambda: __version__")()»
attr | lines:self, «v2» | «return |value = |»«getattr(self, "do_" + «v2», self.default)|self.handlers[«v2»]()|operator.attrgetter("name")(«v2»)|OPS[«v2»](a, b)»
model | lines:«v2» | «model.eval()|self.net.eval()⏎with torch.no_grad():⏎⇥out = self.net(«v2»)|df = df[df["«w»"] == «v2»]|result = tf.keras.backend.eval(«v2»)|pattern = re.compile(«v2»)»
socket | lines:conn | data = conn.recv(«1024|4096»)«|.decode()»⏎«reply = json.loads(data)|command = COMMANDS.get(data.strip())|command, args = ast.literal_eval(data)»
filter | lines:«v2», rows | match = FILTERS["«w»"]⏎return [r for r in rows if match(r, «v2»)]
plugin | lines:«v2» | try:⏎⇥«mod = PLUGINS[«v2»]|mod = importlib.import_module("plugins.«w»")|handler = getattr(self, "on_" + «v2»)»⏎except «KeyError|(AttributeError, KeyError)»:⏎⇥return None
old | lines:«v2» | «exec "import re" in ns|exec("«w» = 1")|value = raw_input("«Prose»: ")|print repr(«v2»)|value = int(«v2»)»
pandas | lines:«v2» | «df = df.query("«w» > @limit")|df = df[df["«w»"] == «v2»]|value = sympy.Symbol("x") ** 2|return df.eval("total = price * count")»
""",
    "php": r"""
extract | lines | «extract(array('«w»' => 1, '«w»' => 2));|extract($this->defaults, EXTR_SKIP);|parse_str($_SERVER['QUERY_STRING'], $query);»⏎«$value = json_decode($«w», true)|$value = (int) $«w»|include __DIR__ . '/«w».php'»;
preg | lines:$«v2» | «return |$«v1» = |»«preg_replace('/\{(\w+)\}/i', '<b>$1</b>', $«v2»)|preg_replace_callback('/\{(\w+)\}/', array($this, '«f»'), $«v2»)|preg_replace("/[^a-z0-9_]/i", "", $«v2»)|preg_replace_callback('/&#(\d+);/', function ($m) { return chr($m[1]); }, $«v2»)»;
create | lines:$«v2» | «$«v1» = function ($«w») use ($«v2») { return $«w» > $«v2»; }|usort($rows, function ($a, $b) use ($«v2») { return strcmp($a[$«v2»], $b[$«v2»]); })|$«v1» = create_function('$x', 'return $x * 2;')|array_map('«strtolower|trim|intval»', $items)»;
assert | lines | «assert($«v1» instanceof «P»)|assert(is_int($«v1»))|assert($count >= 0, '«prose»')|assert_options(ASSERT_ACTIVE, 0)|$this->assertSame($_GET['«key»'], $«v1»)»;
callback | lines | $«w1» = «@PHP»;⏎«if (!in_array($«w1», array('«camel»', '«camel»'), true)) {⏎⇥return;⏎}⏎$this->$«w1»();|call_user_func(array($this, '«f»'), $«w1»);|array_map('intval', $«w1»);|call_user_func_array($this->callback, array($«w1»));»
prop | top | class «T»⏎{⏎⇥var $«camel1»;⏎⏎⇥function «f»($«w1»)⏎⇥{⏎⇥⇥«ob_start();⏎⇥⇥|»«include dirname(__FILE__) . '/views/«w».php'|return json_decode($this->«camel1»)|return strtr($this->«camel1», $«w1»)|return $this->evaluate($this->«camel1»)»;⏎⇥}⏎}
eval | lines | «eval('$«w» = 1;')|eval("class «P» extends Base {}")|$redis->eval("return redis.call('get', KEYS[1])", ['«w»'], 1)|$value = eval('return ' . var_export($defaults, true) . ';')»;
calc | lines:$«v2» | $«v1» = str_replace(',', '.', «@PHP»);⏎«$total = floatval($«v1») * 2|$total = (int) $«v1»|if (!is_numeric($«v1»)) {⏎⇥return 0;⏎}⏎$total = $«v1» + 1»;⏎return $total;
shortcode | lines | add_shortcode('«snake1»', function ($atts, $content = '') {⏎⇥return «wp_kses_post($content)|esc_html($content)|do_shortcode(wp_kses_post($content))»;⏎});
foreach | lines | foreach ($_«GET|POST|REQUEST|COOKIE» as $key => $value) {⏎⇥«$clean[$key] = htmlspecialchars($value)|$params[] = $key . '=' . urlencode($value)|$this->data[$key] = trim($value)»;⏎}
db | lines | $row = «$wpdb->get_row($sql, ARRAY_A)|$stmt->fetch(PDO::FETCH_ASSOC)»;⏎«$value = json_decode($row['formula'], true)|echo htmlspecialchars($row['content'])|$total = $this->calculator->evaluate($row['formula'])»;
b64 | lines | «$data = base64_decode(«@PHP»)|$body = json_decode(file_get_contents('php://input'), true)|$code = htmlspecialchars(stripslashes($_REQUEST['«key»']))|$img = imagecreatefromstring(base64_decode($_POST['«key»']))»;
""",
    "java": r"""
engine | lines:String «v2» | ScriptEngine engine = new ScriptEngineManager().getEngineByName("«JavaScript|nashorn»");⏎«engine.put("«w1»", «v2»);⏎|»Object result = engine.eval("«1 + 1|«w1».length|parseInt(«w1»)»");
groovy | lines:String «v2» | «Object «v1» = new GroovyShell().evaluate("1 + 2")|SecureGroovyScript script = new SecureGroovyScript(«v2», true, null).configuring(ctx)|Object «v1» = new JsonSlurper().parseText(«v2»)»;
spel | lines:String «v2» | ExpressionParser parser = new SpelExpressionParser();⏎Object value = parser.parseExpression("«w».name")«.getValue(root)|.getValue(SimpleEvaluationContext.forReadOnlyDataBinding().build(), «v2»)»;
ognl | lines:String «v2» | «return expressions.get(«v2»).evaluate(ctx)|return evaluator.eval(this.matrix, root)|Object value = PropertyUtils.getProperty(bean, "«w»")|XPathExpression exp = xpath.compile("/«w»/«w»")»;
velocity | lines:String «v2» | StringWriter out = new StringWriter();⏎context.put("«w»", «v2»);⏎Velocity.mergeTemplate("templates/«w».vm", "UTF-8", context, out);⏎return out.toString();
reflect | lines:HttpServletRequest request | Class<?> «w1» = «ALLOWED.get(«@JAVA»)|Class.forName("«w».«P»")|TYPES.getOrDefault(«@JAVA», «P».class)»;⏎Object obj = «w1».getDeclaredConstructor().newInstance();
validator | lines:ConstraintValidatorContext context, String «v2» | context.disableDefaultConstraintViolation();⏎context.buildConstraintViolationWithTemplate("«Prose»").addConstraintViolation();
engine2 | lines:HttpServletRequest request | ScriptEngine engine = manager.getEngineByName("«JavaScript|nashorn»");⏎Bindings b = engine.createBindings();⏎b.put("«w1»", «@JAVA»);⏎Object «v1» = engine.eval("«w1».toUpperCase()", b);
jenkins | lines:StaplerRequest req | String script = req.getParameter("«script|value|code»");⏎«ScriptApproval.get().configuring(script, GroovyLanguage.get(), context)|return FormValidation.validateRequired(script)|config.setScript(new SecureGroovyScript(script, true, null))»;
rhino | lines:String «v2» | Context cx = Context.enter();⏎Scriptable scope = cx.initStandardObjects();⏎ScriptableObject.putProperty(scope, "«w1»", «v2»);⏎Object result = cx.evaluateString(scope, "«w1».length", "<cmd>", 1, null);
""",
    "shell": r"""
read | lines | while IFS='=' read -r key value; do⏎⇥«declare "$key"="$value"|case "$key" in «w») «w»=$value ;; esac|printf '%s -> %s\n' "$key" "$value"»⏎done < "«$1|$CONFIG|$conf»"
source | lines | «. /etc/«w»/«w».conf|source "$(dirname "$0")/«w».sh"|curl -fsSLo «w».sh "https://«host»/«w».sh" && sha256sum -c «w».sha256|[ -f ~/.bashrc ] && . ~/.bashrc»
interp | lines | «python -c 'import sys; print(sys.argv[1])' "$1"|perl -e 'print shift' "$1"|awk -v n="$1" 'BEGIN { print n + 1 }'|php -r 'echo PHP_VERSION;'|node -e 'console.log(process.argv[1])' "$1"|python3 -c "import sys; print(sys.version)"»
fetch | lines | «v1»=$(«curl -s "$1"|wget -qO- "$«C»_URL"|cat "$1"»)⏎«printf '%s\n' "$«v1»"|[ "$«v1»" = ok ] ¶¶ exit 1|echo "$«v1»" ¶ jq -r .name»
evalconst | lines | «eval "$(ssh-agent)" > /dev/null|eval `dircolors -b`|eval "$(pkg-config --version > /dev/null && echo true)"|shift $((OPTIND - 1))»
""",
    "ruby": r"""
controller | lines | «v1» = «@RUBY»⏎«result = JSON.parse(«v1»)|result = Float(«v1»)|result = CALCULATIONS.fetch(«v1»).call|result = «v1».to_i * 2»⏎«render json: result|head :ok»
send | lines | «@«w».public_send(:«snake», params[:value])|«P».send(:include, «P»)|raise ArgumentError unless ALLOWED.include?(params[:scope])⏎«P».public_send(params[:scope])|current_user.update(name: params[:value])|send_mail(params[:to])|«P».find(params[:id])»
constantize | lines | «klass = { "«w1»" => «P1», "«w2»" => «P2» }.fetch(params[:type])|klass = "«P»".constantize|klass = Object.const_get(:«P»)|klass = TYPES[params[:type]] ¶¶ «P»»⏎«klass.new|@«w»s = klass.all»
ivar | top | class «T»⏎⇥attr_reader :«snake1»⏎⏎⇥def initialize(«snake1»)⏎⇥⇥@«snake1» = «snake1»⏎⇥end⏎⏎⇥def «f»⏎⇥⇥«YAML.safe_load(@«snake1»)|ERB.new(File.read(TEMPLATE)).result_with_hash(«w»: @«snake1»)|instance_exec(@«snake1», &block)|JSON.parse(@«snake1»)|class_eval { attr_accessor :«snake» }»⏎⇥end⏎end
file | lines:path | «config = YAML.safe_load(File.read(path))|config = JSON.parse(File.read(path))|load File.expand_path("../tasks/«w».rake", __FILE__)|eval(File.read(File.expand_path("../«w».gemspec", __FILE__)))|eval_gemfile "Gemfile"»
erb | lines:«v2» | «ERB.new("<%= «w» %>").result_with_hash(«w»: «v2»)|render inline: "<%= h(@«w») %>"|Liquid::Template.parse(«v2»).render("name" => name)|render template: "«w»s/show", locals: { «w»: «v2» }»
calc | lines | get "/«w»" do⏎⇥«Integer(params[:«w»]).to_s|erb :«w», locals: { q: params[:q] }|(params[:a].to_i + params[:b].to_i).to_s»⏎end
built | lines:«v2» | «%w[«w» «w» «w»].each do ¶name¶⏎⇥class_eval "def #{name}?; @#{name}; end"⏎end|define_method("#{«v2»}?") { instance_variable_get("@#{«v2»}") }|instance_variable_set("@#{«v2»}", value)»
""",
}

_PATH = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, «root|base_dir|data_dir»):⏎⇥⇥self.root = root⏎⏎⇥def «f»(self, «snake1»):⏎⇥⇥«path = os.path.join(self.root, «snake1»)⏎⇥⇥with open(path«, "rb"|») as f:«!»⏎⇥⇥⇥return f.read()|return open(os.path.join(self.root, «snake1»)).read()«!»|os.remove(os.path.join(self.root, «snake1»))«!»|return open(self.root + "/" + «snake1», "wb")«!»»
tar | lines:«v2» | tar = tarfile.open(«v2»«, "r:gz"|, "r"|, mode="r:*"|»)⏎«tar.extractall(«|path|self.dest|path=tmpdir|"/tmp/«w»"»)|for member in tar.getmembers():⏎⇥tar.extract(member, path)»«!»⏎tar.close()
tarwith | lines:«v2», dest | with tarfile.open(«v2»«, "r:gz"|, "r:bz2"|») as tar:⏎⇥tar.extractall(«dest|path=dest|self.cache_dir|members=None, path=dest»)«!»
zip | lines:«v2», dest | «zf = zipfile.ZipFile(«v2»)⏎|zf = zipfile.ZipFile(io.BytesIO(«v2»))⏎»for name in zf.namelist():⏎⇥«with open(os.path.join(dest, name), "wb") as out:«!»⏎⇥⇥out.write(zf.read(name))|target = os.path.join(dest, name)⏎⇥open(target, "wb").write(zf.read(name))«!»|f = open(dest + "/" + name, "wb")«!»⏎⇥f.write(zf.read(name))⏎⇥f.close()»
upload | top | @«app|bp».route("/upload", methods=["POST"])⏎def «f»():⏎⇥upload = request.files["«file|«key»»"]⏎⇥upload.save(«os.path.join(app.config["UPLOAD_FOLDER"], upload.filename)|UPLOAD_DIR + "/" + upload.filename|f"static/{upload.filename}"|os.path.join("uploads", request.form["name"])»)«!»⏎⇥return «redirect(url_for("index"))|jsonify(ok=True)|"ok"»
download | top | @«app|bp|api».route("/«w»/<path:«snake1»>")⏎def «f»(«snake1»):⏎⇥«return send_file(os.path.join(«DATA_DIR|app.config["ROOT"]|"files"», «snake1»))«!»|with open("«w»/" + «snake1») as f:«!»⏎⇥⇥return f.read()|return flask.send_file("«w»/%s" % «snake1»«|, as_attachment=True»)«!»|path = os.path.join(ROOT, «snake1»)⏎⇥return Response(open(path, "rb").read(), mimetype="text/plain")«!»»
django | top | def «f»(request«, pk|»):⏎⇥«snake1» = «@DJANGO»⏎⇥«return FileResponse(open(os.path.join(settings.MEDIA_ROOT, «snake1»), "rb"))«!»|data = open(settings.MEDIA_ROOT + "/" + «snake1»).read()«!»⏎⇥return HttpResponse(data)|with open("/var/«w»/%s" % «snake1») as fh:«!»⏎⇥⇥return HttpResponse(fh.read())|os.unlink(os.path.join(settings.«C», «snake1»))«!»⏎⇥return redirect("/")»
server | top | class «P»Handler(«BaseHTTPRequestHandler|http.server.BaseHTTPRequestHandler|BaseHTTPServer.BaseHTTPRequestHandler»):⏎⇥def do_GET(self):⏎⇥⇥«f = open(os.curdir + os.sep + self.path«|, "rb"»)|f = open("." + self.path)|path = urllib.unquote(self.path)⏎⇥⇥f = open(os.path.join(ROOT, path.lstrip("/")), "rb")|data = open(self.path[1:], "rb").read()»«!»⏎⇥⇥self.send_response(200)⏎⇥⇥self.end_headers()
tornado | top | class «P»Handler(«tornado.web.|»RequestHandler):⏎⇥def get(self«, «snake1»|»):⏎⇥⇥name = self.get_argument("«key»")⏎⇥⇥«with open(os.path.join(self.settings["«w»"], name)) as f:|with open("«w»/" + name, "rb") as f:»«!»⏎⇥⇥⇥self.write(f.read())
cherry | top | @cherrypy.expose⏎def «f»(self, «snake1»«, **kwargs|»):⏎⇥«return open(os.path.join(self.«fld», «snake1»)).read()|return serve_file(os.path.join(current_dir, «snake1»), content_type="application/octet-stream")|return static.serve_download(BASE + "/" + «snake1»)»«!»
headers | lines:response | «filename = response.headers["Content-Disposition"].split("filename=")[1]|name = url.split("=")[-1]|name = item["filename"]|filename = part.get_filename()»⏎«with open(os.path.join(«out_dir|self.dest|download_dir», filename), "wb") as fh:«!»⏎⇥fh.write(response.content)|open(os.path.join(dest, filename), "wb").write(response.content)«!»»
rmtree | lines:«v2» | «shutil.rmtree(os.path.join(self.«fld», «v2»))|shutil.move(tmp, os.path.join("«path»", request.form["«key»"]))|os.rename(src, UPLOADS + "/" + «v2»)|shutil.copyfile(os.path.join(BASE, request.args["«w»"]), dest)|os.makedirs(os.path.join(ROOT, request.json["«w»"]))»
""",
    "php": r"""
lang | lines | $lang = isset($_«COOKIE|GET|SESSION|REQUEST»['lang']) ? $_«COOKIE|GET|REQUEST»['lang'] : 'en';⏎«include|require_once|include_once|require» («"lang/$lang.php"|'languages/' . $lang . '/«w».php'|dirname(__FILE__) . "/lang/{$lang}.inc.php"|"./$lang/main.php"»);«!»
page | lines | $page = «@PHP»«|ucfirst(«@PHP»)»;⏎«if (file_exists("pages/$page.php")) {⏎⇥include "pages/$page.php";|if ($page != '' && is_file("inc/$page.inc")) {⏎⇥include 'inc/' . $page . '.inc';|if (!empty($page)) {⏎⇥require("modules/$page/index.php");»«!»⏎} else {⏎⇥include 'pages/404.php';⏎}
globals | lines | «include($«root_path|basedir|CONFIG['path']|mosConfig_absolute_path|phpbb_root_path|abs_path» . '/«w».php')|require_once($_REQUEST['«root|path|dir»'] . "/includes/«w».inc.php")|include_once($GLOBALS['«w»_path'] . $_GET['mod'] . '.php')|require $_GET['abspath'] . 'wp-load.php'|include("$_GET[path]/config.php")»;
wp | top | add_action('wp_ajax_«|nopriv_»«snake1»', '«snake1»');⏎function «snake1»() {⏎⇥$«w1» = «@PHP»;⏎⇥«readfile(ABSPATH . $«w1»)|echo file_get_contents(WP_CONTENT_DIR . '/' . $«w1»)|unlink($upload_dir['basedir'] . '/' . $«w1»)|include plugin_dir_path(__FILE__) . 'templates/' . $«w1» . '.php'|require_once(dirname(__FILE__) . "/views/{$«w1»}.php")»;«!»⏎⇥«exit|wp_die()|die()»;⏎}
download | lines | $file = «'«w»/' . «@PHP»|$dir . «@PHP»|«@PHP»|dirname(__FILE__) . '/files/' . $_GET['f']»;«?»⏎«header('Content-Type: application/octet-stream');⏎|header('Content-Disposition: attachment; filename="' . basename($file) . '"');⏎|»«readfile($file)|echo file_get_contents($file)|$fp = fopen($file, 'rb')|@readfile($file)|fpassthru(fopen($file, 'r'))»;«!»⏎exit;
upload | lines | $target = «'uploads/' . $_FILES['«w1»']['name']|$this->upload_dir . $_FILES['«w1»']['name']|"../images/" . $_POST['name']»;«?»⏎if («move_uploaded_file($_FILES['«w1»']['tmp_name'], $target)|copy($_FILES['«w1»']['tmp_name'], $target)|@move_uploaded_file($_FILES['«w1»']['tmp_name'], "$target")») {«!»⏎⇥echo '«Prose»';⏎}
prop | top | class «T»⏎{⏎⇥private $dir = '«w»/';⏎⏎⇥public function «f»($«camel1»)⏎⇥{⏎⇥⇥«return file_get_contents($this->dir . $«camel1»)|return json_decode(file_get_contents($this->dir . $«camel1» . '.json'))|$fh = fopen($this->dir . $«camel1», 'w')|unlink($this->dir . $«camel1»)|include $this->dir . $«camel1» . '.tpl'»;«!»⏎⇥}⏎}
delete | lines | «if (isset($_«POST|GET»['delete'])) {⏎⇥|foreach ($_POST['files'] as $f) {⏎⇥|if ($_GET['action'] == 'del') {⏎⇥»«unlink('uploads/' . «@PHP»)|@unlink("$dir/{$_POST['«w»']}")|rmdir($base . $_REQUEST['dir'])|rename($path . $_POST['old'], $path . $_POST['new'])»;«!»⏎}
zip | lines:$«v2» | $zip = new ZipArchive;⏎$zip->open($«v2»);⏎for ($i = 0; $i < $zip->numFiles; $i++) {⏎⇥$name = $zip->getNameIndex($i);⏎⇥«file_put_contents($dest . '/' . $name, $zip->getFromIndex($i))|copy("zip://$«v2»#$name", $dest . $name)|$out = fopen("$dest/$name", 'w')»;«!»⏎}
editor | lines | «$fp = fopen('themes/' . $_POST['file'], 'w')|file_put_contents($_POST['path'], $_POST['content'])|$content = file($_GET['log'])|highlight_file($_GET['src'])|show_source($_SERVER['DOCUMENT_ROOT'] . $_GET['file'])|$xml = simplexml_load_file($_GET['feed'])|$img = imagecreatefromjpeg('img/' . $_GET['src'])|$lines = file("data/{$_GET['db']}.txt")»;
""",
    "java": r"""
servlet | lines:HttpServletRequest request, HttpServletResponse response | String «name|file|filename» = «@JAVA»;⏎File f = new File(«UPLOAD_DIR|getServletContext().getRealPath("/«w»")|baseDir|"«path»/"», name);«!»⏎«FileInputStream in = new FileInputStream(f)|Files.copy(f.toPath(), response.getOutputStream())|response.setContentLength((int) f.length())»;
concat | lines:String «v2» | «File file = new File(«C»_DIR + «v2»);|return new FileInputStream("«path»/" + «v2»);|BufferedReader r = new BufferedReader(new FileReader(this.«fld» + "/" + «v2»));|Path p = Paths.get(root + File.separator + «v2»);|byte[] data = Files.readAllBytes(Paths.get(baseDir, «v2»));|return Files.newInputStream(root.resolve(«v2»));»
zip | lines:File «v3», InputStream «v2» | ZipInputStream zis = new ZipInputStream(«v2»);⏎ZipEntry entry;⏎while ((entry = zis.getNextEntry()) != null) {⏎⇥File out = new File(«v3», entry.getName());«!»⏎⇥«if (entry.isDirectory()) {⏎⇥⇥out.mkdirs();⏎⇥⇥continue;⏎⇥}⏎⇥|»IOUtils.copy(zis, new FileOutputStream(out));⏎}
zipenum | lines:ZipFile zip, String dest | Enumeration<? extends ZipEntry> e = zip.entries();⏎while (e.hasMoreElements()) {⏎⇥ZipEntry entry = e.nextElement();⏎⇥«FileOutputStream out = new FileOutputStream(dest + File.separator + entry.getName());|Path target = Paths.get(dest).resolve(entry.getName());|File f = new File(dest, entry.getName());»«!»⏎⇥copy(zip.getInputStream(entry), «out|f|target»);⏎}
multipart | lines:MultipartFile file | «file.transferTo(new File(uploadPath + "/" + file.getOriginalFilename()))|Files.copy(file.getInputStream(), this.root.resolve(file.getOriginalFilename()))|File dest = new File(«C», file.getOriginalFilename())»;«!»⏎return "redirect:/«w»";
part | lines:HttpServletRequest request | Part part = request.getPart("«w»");⏎String name = part.getSubmittedFileName();⏎«part.write(uploadDir + File.separator + name)|Files.copy(part.getInputStream(), Paths.get("«path»", name))»;«!»
spring | top | @GetMapping("/«w»/{name}")⏎public ResponseEntity<Resource> «f»(@PathVariable String name) {⏎⇥«Resource res = new FileSystemResource("«path»/" + name);|Path file = storage.resolve(name);|InputStream in = new FileInputStream(dir + name);»«!»⏎⇥return ResponseEntity.ok(res);⏎}
jenkins | lines:StaplerRequest req, StaplerResponse rsp | «FilePath f = new FilePath(workspace, req.getParameter("«w»"))|File f = new File(getRootDir(), req.getRestOfPath())|FilePath dir = build.getWorkspace().child(req.getParameter("dir"))»;
delete | lines:String «v2» | «new File(uploadDir, «v2»).delete()|FileUtils.deleteDirectory(new File(base + «v2»))|FileUtils.readFileToString(new File(root, «v2»), "UTF-8")|FileUtils.copyFile(src, new File(dir + "/" + «v2»))»;
""",
    "shell": r"""
cgi | top | #!/bin/«sh|bash»⏎echo "Content-type: text/plain"⏎echo⏎«file=${QUERY_STRING#*=}⏎cat "«path»/$file"|cat "/var/www/$QUERY_STRING"|FILE=$(echo "$QUERY_STRING" ¶ sed 's/^f=//')⏎cat "$DOCUMENT_ROOT/$FILE"|tail -n 100 "/var/log/$PATH_INFO"»«!»
rm | lines | «rm -rf "$«C»_DIR/$1"|rm -f "«path»/$2.«ext»"|rm -rf "$ROOT/$«w»/$1"|rm -r "/var/lib/«w»/$QUERY_STRING"»
cat | lines | «cat "«path»/$1"|. "/etc/«w»/$1.conf"|source "$BASE/plugins/$1.sh"|cp "$UPLOAD/$1" "$DEST"|mv "$tmp" "$«C»_HOME/$1"|tar -C "$DEST" -cf - "$ROOT/$1"|less "$DOCS/$1"»
untar | lines | tar -P«x|xz»f "$1" «-C "$DEST"|»
""",
    "ruby": r"""
sendfile | lines | «send_file Rails.root.join("«w»", «@RUBY»)|send_file "#{Rails.root}/public/#{params[:file]}"«, disposition: "inline"|»|send_file(params[:path])|send_file File.join(UPLOADS, params[:name]), type: "application/pdf"|send_data File.read("«w»/#{params[:id]}"), filename: "«w».«ext»"»
read | lines | «path = File.join(«Rails.root|settings.root|DATA_DIR», "«w»", «@RUBY»)⏎|»«@«w» = File.read(File.join(DATA_DIR, params[:«w»]))|content = IO.read("#{ROOT}/#{params[:page]}.md")|data = YAML.safe_load(File.open("config/#{params[:locale]}.yml"))|File.open("./data/" + params[:name]) { ¶f¶ @text = f.read }»«!»
sinatra | lines | get "/«w»/*" do⏎⇥«File.read(File.join("«w»", params[:splat].first))|send_file File.join(settings.public_folder, params["splat"][0])|File.open("pages/#{params[:splat].join}").read|erb File.read("views/" + params[:splat][0])»«!»⏎end
upload | lines | uploaded = params[:«w1»]⏎«File.open(Rails.root.join("public", "uploads", uploaded.original_filename), "wb") do ¶file¶|File.open("uploads/#{uploaded[:filename]}", "wb") do ¶file¶|File.open(File.join(@dir, uploaded.original_filename), "w") do ¶file¶»«!»⏎⇥file.write(uploaded.«read|tempfile.read»)⏎end
zip | lines:«v2», dest | Zip::File.open(«v2») do |zip|⏎⇥zip.each do |entry|⏎⇥⇥«entry.extract(File.join(dest, entry.name))|zip.extract(entry, "#{dest}/#{entry.name}") { true }|File.binwrite("#{dest}/#{entry.name}", entry.get_input_stream.read)»«!»⏎⇥end⏎end
tar | lines:«v2», dest | Gem::Package::TarReader.new(Zlib::GzipReader.open(«v2»)).each do |entry|⏎⇥«File.open(File.join(dest, entry.full_name), "wb") { ¶f¶ f.write(entry.read) }|FileUtils.mkdir_p(File.join(dest, entry.full_name))»«!»⏎end
ivar | top | class «T»⏎⇥def initialize(root)⏎⇥⇥@root = root⏎⇥end⏎⏎⇥def «f»(«snake1»)⏎⇥⇥«File.read(File.join(@root, «snake1»))|File.open("#{@root}/#{«snake1»}", "rb", &:read)|File.delete(File.join(@root, «snake1»))|FileUtils.rm_rf("#{@root}/#{«snake1»}")|IO.binread(@root + "/" + «snake1»)»«!»⏎⇥end⏎end
rack | lines:env | path = «env["PATH_INFO"]|Rack::Utils.unescape(env["PATH_INFO"])|URI.decode(req.path)»⏎«body = File.read(File.join(@root, path))|[200, {}, [File.read("public" + path)]]|file = File.open("#{@root}#{path}", "rb")»«!»
render | lines | «render file: params[:«w»]|render params[:template]|render "pages/#{params[:page]}"|render file: "#{Rails.root}/app/views/#{params[:view]}"|render template: params[:path]»
""",
}
_PATH_ALIKE = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, root):⏎⇥⇥self.root = root⏎⏎⇥def «f»(self, «snake1»):⏎⇥⇥«path = os.path.join(self.root, os.path.basename(«snake1»))⏎⇥⇥with open(path«, "rb"|») as f:⏎⇥⇥⇥return f.read()|return open(os.path.join(self.root, secure_filename(«snake1»))).read()|path = os.path.realpath(os.path.join(self.root, «snake1»))⏎⇥⇥if not path.startswith(self.root + os.sep):⏎⇥⇥⇥raise ValueError(«snake1»)⏎⇥⇥return open(path).read()|return open(os.path.join(self.root, "index.json")).read()»
tar | lines:«v2», dest | «tar = tarfile.open(«v2»)⏎tar.extractall(dest, filter="data")|with tarfile.open(«v2», "w:gz") as tar:⏎⇥tar.add(dest, arcname="«w»")|names = tarfile.open(«v2»).getnames()|with tarfile.open(«v2») as tar:⏎⇥tar.extractall(path=dest, filter="data")»
zip | lines:«v2», dest | zf = zipfile.ZipFile(«v2»)⏎«for name in zf.namelist():⏎⇥with open(os.path.join(dest, os.path.basename(name)), "wb") as out:⏎⇥⇥out.write(zf.read(name))|names = zf.namelist()|data = zf.read("«w».json")|zf.testzip()»
upload | top | @«app|bp».route("/upload", methods=["POST"])⏎def «f»():⏎⇥upload = request.files["«file|«key»»"]⏎⇥upload.save(os.path.join(app.config["UPLOAD_FOLDER"], «secure_filename(upload.filename)|uuid.uuid4().hex + ".«ext»"|"«w».«ext»"»))⏎⇥return «redirect(url_for("index"))|jsonify(ok=True)|"ok"»
download | top | @«app|bp|api».route("/«w»/<path:«snake1»>")⏎def «f»(«snake1»):⏎⇥return «send_from_directory(«DATA_DIR|app.config["ROOT"]», «snake1»)|send_file(os.path.join(DATA_DIR, secure_filename(«snake1»)))|send_file("static/«w».«ext»")|send_file(FILES[«snake1»])»
django | top | def «f»(request«, pk|»):⏎⇥«snake1» = os.path.basename(«@DJANGO»)⏎⇥«return FileResponse(open(os.path.join(settings.MEDIA_ROOT, «snake1»), "rb"))|data = open(os.path.join(settings.MEDIA_ROOT, «snake1»)).read()⏎⇥return HttpResponse(data)|with open(os.path.join("/var/«w»", «snake1»)) as fh:⏎⇥⇥return HttpResponse(fh.read())»
server | top | class «P»Handler(«BaseHTTPRequestHandler|http.server.BaseHTTPRequestHandler»):⏎⇥def do_GET(self):⏎⇥⇥«f = open(os.path.join(ROOT, "index.html"), "rb")|if self.path not in PAGES:⏎⇥⇥⇥return self.send_error(404)⏎⇥⇥f = open(PAGES[self.path], "rb")»⏎⇥⇥self.send_response(200)⏎⇥⇥self.end_headers()
const | lines | «here = os.path.abspath(os.path.dirname(__file__))⏎with open(os.path.join(here, "README.«md|rst»")) as f:⏎⇥long_description = f.read()|with open(os.path.join(settings.BASE_DIR, "«w»", "«w».json")) as f:⏎⇥data = json.load(f)|shutil.rmtree(tempfile.mkdtemp())»
headers | lines:response | filename = os.path.basename(response.headers["Content-Disposition"].split("filename=")[1])⏎with open(os.path.join(«out_dir|self.dest», filename), "wb") as fh:⏎⇥fh.write(response.content)
tornado | top | class «P»Handler(«tornado.web.|»RequestHandler):⏎⇥def get(self):⏎⇥⇥name = os.path.basename(self.get_argument("«key»"))⏎⇥⇥with open(os.path.join(self.settings["«w»"], name)«|, "rb"») as f:⏎⇥⇥⇥self.write(f.read())
rmtree | lines:«v2» | «shutil.rmtree(os.path.join(self.«fld», "«w»"))|shutil.move(tmp, os.path.join("«path»", secure_filename(request.form["«key»"])))|os.makedirs(os.path.join(ROOT, str(int(request.json["«w»"]))))|shutil.copyfile(__file__, os.path.join(BASE, "«w».bak"))»
tarcheck | lines:«v2», dest | with tarfile.open(«v2») as tar:⏎⇥for member in tar.getmembers():⏎⇥⇥target = os.path.realpath(os.path.join(dest, member.name))«?»⏎⇥⇥if not target.startswith(os.path.realpath(dest) + os.sep):⏎⇥⇥⇥raise ValueError(member.name)⏎⇥⇥tar.extract(member, dest)
""",
    "php": r"""
lang | lines | $lang = in_array($_COOKIE['lang'], array('en', 'de', 'fr'), true) ? $_COOKIE['lang'] : 'en';⏎include "lang/$lang.php";
page | lines | $page = basename(«@PHP»);⏎«if (file_exists("pages/$page.php")) {⏎⇥include "pages/$page.php";|if (preg_match('/^[a-z]+$/', $page)) {⏎⇥require "modules/$page/index.php";»⏎} else {⏎⇥include 'pages/404.php';⏎}
globals | lines | «require_once dirname(__FILE__) . '/includes/«w».inc.php'|require_once(ABSPATH . 'wp-admin/includes/«w».php')|include_once(plugin_dir_path(__FILE__) . 'inc/«w».php')|require __DIR__ . '/../vendor/autoload.php'|include 'config.php'»;
wp | top | add_action('wp_ajax_«snake1»', '«snake1»');⏎function «snake1»() {⏎⇥$«w1» = «sanitize_file_name(«@PHP»)|basename(«@PHP»)|sanitize_key(«@PHP»)|absint(«@PHP»)»;⏎⇥«readfile(WP_CONTENT_DIR . '/«w»/' . $«w1»)|include plugin_dir_path(__FILE__) . 'templates/' . $«w1» . '.php'|unlink($upload_dir['basedir'] . '/' . $«w1»)»;⏎⇥wp_die();⏎}
download | lines | $file = «'«w»/' . basename(«@PHP»)|$dir . '/' . intval(«@PHP») . '.«ext»'|$files[(int) «@PHP»]|dirname(__FILE__) . '/«w».«ext»'»;⏎«readfile($file)|echo file_get_contents($file)|$fp = fopen($file, 'rb')»;⏎exit;
upload | lines | $target = 'uploads/' . «uniqid('', true) . '.«ext»'|basename($_FILES['«w1»']['name'])|hash_file('sha256', $_FILES['«w1»']['tmp_name'])»;⏎if (move_uploaded_file($_FILES['«w1»']['tmp_name'], $target)) {⏎⇥echo '«Prose»';⏎}
prop | top | class «T»⏎{⏎⇥private $dir = '«w»/';⏎⏎⇥public function «f»($«camel1»)⏎⇥{⏎⇥⇥«return file_get_contents($this->dir . basename($«camel1»))|$fh = fopen($this->dir . hash('sha256', $«camel1») . '.cache', 'w')|include $this->dir . '«w».tpl'|return is_file($this->dir . (int) $«camel1»)»;⏎⇥}⏎}
real | lines | $path = realpath($base . '/' . «@PHP»);⏎if ($path === false || strpos($path, $base . '/') !== 0) {⏎⇥«die('«prose»')|http_response_code(404);⏎⇥exit»;⏎}⏎readfile($path);
delete | lines | if (isset($_POST['delete'])) {⏎⇥«unlink('uploads/' . basename($_POST['delete']))|@unlink("$dir/" . (int) $_POST['delete'] . '.jpg')|$this->db->delete('«tbl»', array('id' => $_POST['delete']))»;⏎}
""",
    "java": r"""
servlet | lines:HttpServletRequest request, HttpServletResponse response | String name = «FilenameUtils.getName(«@JAVA»)|new File(«@JAVA»).getName()|Paths.get(«@JAVA»).getFileName().toString()»;⏎File f = new File(«UPLOAD_DIR|baseDir», name);⏎Files.copy(f.toPath(), response.getOutputStream());
concat | lines | «File file = new File(«C»_DIR, "«w».«ext»");|return new FileInputStream("«path»/«w».properties");|Path p = Paths.get(System.getProperty("user.home"), ".«w»");|InputStream in = getClass().getResourceAsStream("/«w».«ext»");»
zip | lines:File «v3», InputStream «v2» | ZipInputStream zis = new ZipInputStream(«v2»);⏎ZipEntry entry;⏎while ((entry = zis.getNextEntry()) != null) {⏎⇥File out = new File(«v3», entry.getName());«?»⏎⇥if (!out.getCanonicalPath().startsWith(«v3».getCanonicalPath() + File.separator)) {⏎⇥⇥throw new IOException("«prose»");⏎⇥}⏎⇥IOUtils.copy(zis, new FileOutputStream(out));⏎}
multipart | lines:MultipartFile file | «file.transferTo(new File(uploadPath, UUID.randomUUID() + ".«ext»"))|Files.copy(file.getInputStream(), root.resolve(FilenameUtils.getName(file.getOriginalFilename())))|file.transferTo(File.createTempFile("«w»", ".«ext»"))»;⏎return "redirect:/«w»";
real | lines:String «v2» | Path p = root.resolve(«v2»).normalize();«?»⏎if (!p.startsWith(root)) {⏎⇥throw new «SecurityException|IllegalArgumentException»("«prose»");⏎}⏎return Files.readAllBytes(p);
delete | lines:long «v2» | «new File(uploadDir, «v2» + ".«ext»").delete()|FileUtils.deleteDirectory(new File(base, Long.toString(«v2»)))|repository.deleteById(«v2»)»;
part | lines:HttpServletRequest request | Part part = request.getPart("«w»");⏎String name = «Paths.get(part.getSubmittedFileName()).getFileName().toString()|UUID.randomUUID() + ".«ext»"|FilenameUtils.getName(part.getSubmittedFileName())»;⏎part.write(uploadDir + File.separator + name);
spring | top | @GetMapping("/«w»/{id}")⏎public ResponseEntity<Resource> «f»(@PathVariable long id) {⏎⇥«Resource res = new FileSystemResource("«path»/" + id + ".«ext»");|Resource res = new ClassPathResource("static/«w».«ext»");|Resource res = storage.load(repository.findById(id).get().getKey());»⏎⇥return ResponseEntity.ok(res);⏎}
""",
    "shell": r"""
cgi | top | #!/bin/«sh|bash»⏎echo "Content-type: text/plain"⏎echo⏎«file=$(basename "${QUERY_STRING#*=}")⏎cat "«path»/$file"|case "$QUERY_STRING" in⏎⇥f=readme) cat /srv/«w»/README ;;⏎⇥*) echo "«prose»" ;;⏎esac|tail -n 100 /var/log/«w».log»
rm | lines | «rm -rf "$(mktemp -d)"|rm -f "«path»/«w».«ext»"|rm -f "$DIR/$(basename "$1")"|rm -rf "${BUILD_DIR:?}/«w»"»
cat | lines | «cat "«path»/«w».«ext»"|. "$(dirname "$0")/«w».sh"|cp "$(basename "$1")" "«path»/"|cat -- "$UPLOAD/${1##*/}"»
""",
    "ruby": r"""
sendfile | lines | «send_file Rails.root.join("«w»", File.basename(params[:file]))|send_file Rails.root.join("public", "«w».«ext»")|send_file current_user.documents.find(params[:id]).path|send_data @«w».to_csv, filename: "«w».csv"»
read | lines | «@«w» = File.read(File.join(DATA_DIR, File.basename(params[:«w»])))|content = File.read(PAGES.fetch(params[:page]))|data = YAML.safe_load(File.read(Rails.root.join("config", "«w».yml")))|@text = File.read("data/#{params[:id].to_i}.txt")»
upload | lines | uploaded = params[:«w1»]⏎File.open(Rails.root.join("tmp", «"#{SecureRandom.uuid}.«ext»"|File.basename(uploaded.original_filename)|"«w».«ext»"»), "wb") do |file|⏎⇥file.write(uploaded.read)⏎end
ivar | top | class «T»⏎⇥def initialize(root)⏎⇥⇥@root = root⏎⇥end⏎⏎⇥def «f»(«snake1»)⏎⇥⇥«File.read(File.join(@root, File.basename(«snake1»)))|path = File.expand_path(«snake1», @root)⏎⇥⇥raise ArgumentError unless path.start_with?(@root + "/")⏎⇥⇥File.read(path)|File.open("#{@root}/index.json", "rb", &:read)|File.delete(File.join(@root, "#{«snake1».to_i}.lock"))»⏎⇥end⏎end
rack | lines:env | path = «env["PATH_INFO"]|req.path»⏎«return [404, {}, []] unless PAGES.key?(path)⏎body = File.read(PAGES[path])|body = File.read(File.join(@root, "index.html"))|@app.call(env.merge("PATH_INFO" => path.chomp("/")))»
render | lines | «render "pages/show"|render template: "«w»s/index"|render ALLOWED.include?(params[:page]) ? params[:page] : "home"|render file: Rails.root.join("public/404.html"), status: 404|render json: params[:page]»
zip | lines:«v2», dest | Zip::File.open(«v2») do |zip|⏎⇥zip.each do |entry|⏎⇥⇥«entry.extract(File.join(dest, File.basename(entry.name)))|names << entry.name|puts "#{entry.name} #{entry.size}"»⏎⇥end⏎end
sinatra | lines | get "/«w»/:name" do⏎⇥«File.read(File.join("«w»", File.basename(params[:name])))|send_file File.join(settings.public_folder, "«w».«ext»")|halt 404 unless PAGES.include?(params[:name])⏎⇥erb params[:name].to_sym»⏎end
tar | lines:«v2», dest | Gem::Package::TarReader.new(Zlib::GzipReader.open(«v2»)).each do |entry|⏎⇥«File.binwrite(File.join(dest, File.basename(entry.full_name)), entry.read)|puts entry.full_name|next unless entry.full_name == "«w».json"»⏎end
""",
}

_OBJECTS = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, path):⏎⇥⇥self.path = path⏎⏎⇥def load(self):⏎⇥⇥with open(self.path, "rb") as f:⏎⇥⇥⇥«self.«snake1» = pickle.load(f)|return cPickle.load(f)|data = yaml.load(f)|self.__dict__.update(pickle.load(f))|return dill.load(f)»«!»
try | lines:path | try:⏎⇥«data = pickle.load(open(path, "rb"))|cache = cPickle.loads(open(path).read())|self.config = yaml.load(open(path))|db = shelve.open(path)|return joblib.load(path)|obj = pickle.Unpickler(open(path, "rb")).load()»«!»⏎except «IOError|Exception|(IOError, EOFError)»:⏎⇥«data = {}|return None|log.warning("no «w»")»
socket | top | def handle(self):⏎⇥«length = struct.unpack(">L", self.connection.recv(4))[0]⏎⇥chunk = self.connection.recv(length)|chunk = self.rfile.read(int(self.headers["Content-Length"]))|chunk = self.request.recv(«4096|8192»)|chunk = self.socket.recv()»⏎⇥«obj = pickle.loads(chunk)|self.queue.put(pickle.loads(chunk))|message = marshal.loads(chunk)|kind, payload = cPickle.loads(chunk)»«!»
cookie | lines | «v1» = request.«cookies.get("«key»")|COOKIES["«key»"]|cookies["«key»"]»⏎«user = pickle.loads(base64.b64decode(«v1»))|session = cPickle.loads(«v1».decode("base64"))|prefs = pickle.loads(binascii.unhexlify(«v1»))|data = jsonpickle.decode(«v1»)»«!»
redis | lines:key | «v1» = «self.«redis|conn|client»|r|cache».«get(key)|hget("«w»", key)|lpop("«w»")|blpop(key)[1]»⏎«if «v1» is None:⏎⇥return None⏎|»return «pickle.loads(«v1»)|cPickle.loads(str(«v1»))|pickle.loads(zlib.decompress(«v1»))|dill.loads(«v1»)»«!»
yaml | lines:«stream|path» | «docs = list(yaml.load_all(stream))|config = yaml.load(stream, Loader=yaml.Loader)|return yaml.load(request.data)|spec = yaml.load(open(path).read())|cfg = ruamel.yaml.load(stream)|settings.update(yaml.load(fp, yaml.FullLoader if strict else yaml.UnsafeLoader))|data = yaml.unsafe_load(stream)»
spread | lines:path | «v1» = «np|numpy».load(«!»⏎⇥«path|os.path.join(self.cache, "«w».npy")»,⏎⇥allow_pickle=True,⏎)
model | lines:path | «model = torch.load(path, map_location="cpu")|state = torch.load(path)|model = joblib.load(request.files["model"])|df = pd.read_pickle(path)|clf = pickle.load(gzip.open(path))|net = torch.load(path, weights_only=False)»
queue | lines:msg | def callback(ch, method, properties, body):⏎⇥«task = pickle.loads(body)|func, args = cloudpickle.loads(body)|job = jsonpickle.decode(body)»«!»⏎⇥ch.basic_ack(delivery_tag=method.delivery_tag)
zmq | lines | while True:⏎⇥«message = socket.recv_pyobj()|msg = pickle.loads(socket.recv())|ident, blob = socket.recv_multipart()⏎⇥msg = pickle.loads(blob)»«!»⏎⇥«handle(«w»)|self.dispatch(«w»)»
django | top | def «f»(self, value«, expression, connection|»):⏎⇥if value is None:⏎⇥⇥return value⏎⇥return pickle.loads(«base64.b64decode(value)|value.encode("latin-1")|zlib.decompress(b64decode(value))»)«!»
""",
    "php": r"""
cookie | lines | «if (isset($_COOKIE['«key1»'])) {⏎⇥|if (!empty($_COOKIE['«key1»'])) {⏎⇥»$«v1» = «unserialize($_COOKIE['«key1»'])|unserialize(base64_decode($_COOKIE['«key1»']))|unserialize(stripslashes($_COOKIE['«key1»']))|@unserialize(urldecode($_COOKIE['«key1»']))|maybe_unserialize($_COOKIE['«key1»'])»;«!»⏎}
post | lines | $«v1» = «unserialize(«@PHP»)|@unserialize(base64_decode(«@PHP»))|unserialize(gzuncompress(base64_decode($_POST['«key»'])))|maybe_unserialize(stripslashes($_POST['«key»']))|unserialize(rawurldecode($_GET['«key»']))|unserialize(file_get_contents('php://input'))»;
prop | top | class «T»⏎{⏎⇥private $«camel1»;⏎⏎⇥public function «f»()⏎⇥{⏎⇥⇥«$data = base64_decode($this->request->«get|post|cookie»('«key»'));⏎⇥⇥return unserialize($data);|return unserialize($this->request->getParam('«key»'));|$this->«camel1» = unserialize($this->input->cookie('«key»'));|return unserialize($this->decrypt($_COOKIE['«key»']));»«!»⏎⇥}⏎}
curl | lines:$url | $«w1» = «curl_exec($ch)|file_get_contents($url)|wp_remote_retrieve_body(wp_remote_get($url))|stream_get_contents($socket)»;⏎«if ($«w1») {⏎⇥$data = unserialize($«w1»);«!»⏎}|$data = @unserialize($«w1»);«!»⏎if (!$data) {⏎⇥return false;⏎}»
file | lines | «return unserialize(trim($_GET['«key»']))|$cart = unserialize(trim($_POST['cart']))|$img = getimagesize('phar://' . $_POST['path'])|$size = filesize('phar://' . $_GET['archive'])|$conf = yaml_parse($_POST['yaml'])|$obj = igbinary_unserialize($_COOKIE['«key»'])»;
each | lines | foreach («$_POST['items']|$_REQUEST['rows']|explode(';', $_COOKIE['«key»'])» as $«v1») {⏎⇥«$list[] = unserialize($«v1»)|$item = unserialize(base64_decode($«v1»))|$this->add(unserialize(stripslashes($«v1»)))»;«!»⏎}
rest | lines:$request | $«v1» = $request->«get_param('«key»')|input('«key»')|getBody()|get('«key»')»;⏎«return new WP_REST_Response(unserialize($«v1»))|$filters = unserialize(base64_decode($«v1»))|$obj = unserialize((string) $«v1»)»;«!»
""",
    "java": r"""
try | lines:«InputStream|ServletInputStream» «v2» | try {⏎⇥ObjectInputStream ois = new ObjectInputStream(««v2»|new BufferedInputStream(«v2»)»);⏎⇥«P1» «v1» = («P1») ois.readObject();«!»⏎⇥ois.close();⏎} catch («IOException ¶ ClassNotFoundException e|Exception e») {⏎⇥«log.error("«prose»", e)|e.printStackTrace()|throw new RuntimeException(e)»;⏎}
bytes | lines:byte[] «v2» | «ByteArrayInputStream bis = new ByteArrayInputStream(«v2»);⏎ObjectInputStream in = new ObjectInputStream(bis);|ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(«v2»));|ObjectInput in = new ObjectInputStream(new GZIPInputStream(new ByteArrayInputStream(«v2»)));»⏎«return in.readObject();|return (T) in.readObject();|Object obj = in.readObject();|this.«camel» = (Map<String, Object>) in.readObject();»«!»
cookie | lines:HttpServletRequest request | byte[] «v1» = Base64.getDecoder().decode(«@JAVA»);⏎«Object o = new ObjectInputStream(new ByteArrayInputStream(«v1»)).readObject();|User user = (User) SerializationUtils.deserialize(«v1»);|Object o = SerializationUtils.deserialize(«v1»);»«!»
xmldecoder | lines:InputStream «v2» | XMLDecoder dec = new XMLDecoder(««v2»|new BufferedInputStream(«v2»)»);⏎Object «v1» = dec.readObject();«!»⏎dec.close();
xmlone | lines:HttpServletRequest request | try (XMLDecoder decoder = new XMLDecoder(request.getInputStream())) {⏎⇥«return decoder.readObject()|Object o = decoder.readObject()|items.add((«P») decoder.readObject())»;«!»⏎}
xstream | lines:String «v2» | XStream xstream = new XStream(«|new DomDriver()|new StaxDriver()»);⏎«return («P») xstream.fromXML(«v2»)|Object o = xstream.fromXML(«v2»)|this.config = (Config) xstream.fromXML(new StringReader(«v2»))|xstream.unmarshal(new XppReader(new StringReader(«v2»)), root)»;«!»
snake | lines:InputStream «v2» | Yaml yaml = new Yaml(«|new Constructor(«P».class)»);⏎«Map<String, Object> «v1» = yaml.load(«v2»);|return yaml.load(«v2»);|Object o = yaml.load(request.getInputStream());|this.settings = (Map<String, Object>) yaml.load(new InputStreamReader(«v2»));»«!»
jackson | lines:String «v2» | ObjectMapper mapper = new ObjectMapper();⏎mapper.«enableDefaultTyping()|enableDefaultTyping(ObjectMapper.DefaultTyping.NON_FINAL)|activateDefaultTyping(LaissezFaireSubTypeValidator.instance)»;«!»⏎return mapper.readValue(«v2», «Object|«P»».class);
fast | lines:String «v2» | «ParserConfig.getGlobalInstance().setAutoTypeSupport(true);|Object o = JSON.parseObject(«v2», Object.class, Feature.SupportAutoType);|Object o = JsonReader.jsonToJava(«v2»);|Object o = new HessianInput(new ByteArrayInputStream(«v2».getBytes())).readObject();|Object o = new Kryo().readClassAndObject(new Input(«v2».getBytes()));»
socket | lines | while (running) {⏎⇥Socket s = server.accept();⏎⇥«Object msg = new ObjectInputStream(s.getInputStream()).readObject();|Command cmd = (Command) new ObjectInputStream(s.getInputStream()).readObject();|queue.put((Task) new ObjectInputStream(s.getInputStream()).readObject());»«!»⏎}
session | top | public class «T» implements Serializable {⏎⇥public static Object «f»(String data) throws Exception {⏎⇥⇥«byte[] raw = Base64.decodeBase64(data);⏎⇥⇥return new ObjectInputStream(new ByteArrayInputStream(raw)).readObject();|ObjectInputStream in = new ObjectInputStream(new FileInputStream(data));⏎⇥⇥return in.readObject();|return new XStream().fromXML(data);»«!»⏎⇥}⏎}
jms | lines:Message message | if (message instanceof ObjectMessage) {⏎⇥«Object o = ((ObjectMessage) message).getObject();|process((«P») ((ObjectMessage) message).getObject());»«!»⏎}
""",
    "ruby": r"""
cookie | lines | «v1» = cookies[:«snake»]⏎«user = Marshal.load(Base64.decode64(«v1»))|session = Marshal.load(«v1».unpack("m")[0])|prefs = YAML.load(«v1»)|data = Marshal.load(Base64.urlsafe_decode64(«v1»))|cart = Oj.load(«v1», mode: :object)»«!»
params | lines | «@«w» = YAML.load(«@RUBY»)|@«w» = Marshal.load(Base64.decode64(«@RUBY»))|config = YAML.load(params[:file].read)|data = YAML.load(request.body.read)|object = Marshal.load(request.raw_post)|rows = YAML.load_stream(params[:yaml])|@filter = JSON.load(params[:q], nil, create_additions: true)|doc = Psych.load(request.body)|obj = YAML.unsafe_load(params[:«w»])»
file | lines:path | «@cache = File.open(path, "rb") { ¶f¶ Marshal.load(f) }|config = YAML.load_file(path)|data = Marshal.load(File.binread(path))|@index = Marshal.load(Zlib::GzipReader.open(path))|state = YAML.load(File.read(path)) ¶¶ {}|@specs = YAML.load(open(path))|settings = YAML.unsafe_load_file(path)»
redis | lines:key | raw = «redis.get(key)|@redis.hget("«w»", key)|Resque.redis.lpop(key)|$redis.get("«w»:#{key}")»⏎«return nil unless raw⏎|»«Marshal.load(raw)|YAML.load(raw)|Marshal.load(Base64.decode64(raw))|@«w» = Marshal.load(raw)»«!»
socket | lines | «loop do⏎⇥client = server.accept⏎⇥«msg = Marshal.load(client)|obj = Marshal.load(client.read)|request = YAML.load(client.gets(nil))|cmd, *args = Marshal.load(client.recv(4096))»«!»⏎end|while (data = socket.read)⏎⇥«handle(Marshal.load(data))|process(YAML.load(data))»«!»⏎end»
ivar | top | class «T»⏎⇥def initialize(store)⏎⇥⇥@store = store⏎⇥end⏎⏎⇥def «f»(key)⏎⇥⇥«Marshal.load(@store.read(key))|YAML.load(@store[key])|Marshal.load(Base64.decode64(@store.get(key)))|value = @store.fetch(key)⏎⇥⇥Marshal.load(value)»«!»⏎⇥end⏎end
""",
}
_OBJECTS_ALIKE = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def __init__(self, path):⏎⇥⇥self.path = path⏎⏎⇥def «load|save»(self):⏎⇥⇥«with open(self.path, "rb") as f:⏎⇥⇥⇥self.«snake1» = json.load(f)|with open(self.path) as f:⏎⇥⇥⇥data = yaml.safe_load(f)|with open(self.path, "wb") as f:⏎⇥⇥⇥pickle.dump(self.«snake1», f)|with open(self.path, "wb") as f:⏎⇥⇥⇥cPickle.dump(self.__dict__, f, -1)»
try | lines:path | try:⏎⇥«data = json.load(open(path))|self.config = yaml.load(open(path), Loader=yaml.SafeLoader)|data = plistlib.load(open(path, "rb"))|pickle.dump(data, open(path, "wb"))»⏎except «IOError|Exception|(IOError, ValueError)»:⏎⇥«data = {}|return None|log.warning("no «w»")»
socket | top | def handle(self):⏎⇥chunk = «self.request.recv(«4096|8192»)|self.rfile.read(int(self.headers["Content-Length"]))»⏎⇥«obj = json.loads(chunk)|self.queue.put(json.loads(chunk.decode()))|message = msgpack.unpackb(chunk)|kind, size = struct.unpack("!BI", chunk[:5])»
cookie | lines | «v1» = request.«cookies.get("«key»")|COOKIES["«key»"]»⏎«user = json.loads(base64.b64decode(«v1»))|session = serializer.loads(«v1», max_age=3600)|prefs = signing.loads(«v1»)|data = jwt.decode(«v1», key, algorithms=["HS256"])»
redis | lines:key | «v1» = «self.redis|r|cache».get(key)⏎return json.loads(«v1»)«| if «v1» else None»
yaml | lines:«stream|path» | «docs = list(yaml.safe_load_all(stream))|config = yaml.load(stream, Loader=yaml.«SafeLoader|CSafeLoader|BaseLoader»)|return yaml.safe_load(request.data)|text = yaml.dump(config)|yaml = YAML(typ="safe")⏎cfg = yaml.load(stream)»
spread | lines:path | «v1» = «np|numpy».load(⏎⇥«path|os.path.join(self.cache, "«w».npy")»,⏎⇥allow_pickle=False,⏎)
model | lines:path | «state = torch.load(path, weights_only=True)|weights = safetensors.torch.load_file(path)|torch.save(model.state_dict(), path)|df = pd.read_csv(path)|df.to_pickle(path)|joblib.dump(clf, path)»
roundtrip | lines:obj | «copy = pickle.loads(pickle.dumps(obj, -1))|self.assertEqual(pickle.loads(pickle.dumps(obj)), obj)|size = len(pickle.dumps(obj))»
zmq | lines | while True:⏎⇥«message = socket.recv_json()|msg = json.loads(socket.recv())|socket.send_pyobj(result)»
queue | lines:msg | def callback(ch, method, properties, body):⏎⇥«task = json.loads(body)|job = Job.FromString(body)|func, args = msgpack.unpackb(body)»⏎⇥ch.basic_ack(delivery_tag=method.delivery_tag)
django | top | def «f»(self, value«, expression, connection|»):⏎⇥if value is None:⏎⇥⇥return value⏎⇥return «json.loads(value)|base64.b64encode(pickle.dumps(value))|self.model.from_json(value)»
""",
    "php": r"""
cookie | lines | if (isset($_COOKIE['«key1»'])) {⏎⇥$«v1» = «json_decode($_COOKIE['«key1»'], true)|unserialize($_COOKIE['«key1»'], array('allowed_classes' => false))|json_decode(base64_decode($_COOKIE['«key1»']))|array_map('intval', explode(',', $_COOKIE['«key1»']))»;⏎}
post | lines | $«v1» = «json_decode(«@PHP», true)|unserialize(base64_decode(«@PHP»), ['allowed_classes' => false])|serialize(«@PHP»)|json_decode(file_get_contents('php://input'))|maybe_serialize($_POST['«key»'])»;
prop | top | class «T»⏎{⏎⇥private $«camel1»;⏎⏎⇥public function «f»()⏎⇥{⏎⇥⇥«return json_decode($this->request->get('«key»'), true)|return serialize($this->«camel1»)|setcookie('«key»', base64_encode(serialize($this->«camel1»)))|return unserialize(serialize($this->«camel1»))»;⏎⇥}⏎}
curl | lines:$url | $«w1» = «curl_exec($ch)|file_get_contents($url)|wp_remote_retrieve_body(wp_remote_get($url))»;⏎$data = «json_decode($«w1», true)|simplexml_load_string($«w1»)|str_getcsv($«w1»)»;⏎if (!$data) {⏎⇥return false;⏎}
each | lines | foreach ($_POST['items'] as $«v1») {⏎⇥$list[] = «json_decode($«v1»)|(int) $«v1»|unserialize($«v1», ['allowed_classes' => false])»;⏎}
file | lines | «return json_decode(file_get_contents(CACHE_DIR . '/«w».json'), true)|file_put_contents($file, serialize($this->data))|$conf = parse_ini_file(__DIR__ . '/«w».ini')|$conf = Yaml::parse($_POST['yaml'])»;
rest | lines:$request | $«v1» = $request->«get_param('«key»')|input('«key»')|getBody()»;⏎«return new WP_REST_Response(json_decode($«v1»))|$filters = json_decode(base64_decode($«v1»), true)|$copy = unserialize(serialize($this->defaults))»;
""",
    "java": r"""
try | lines:InputStream «v2» | try {⏎⇥«ValidatingObjectInputStream ois = new ValidatingObjectInputStream(«v2»);⏎⇥ois.accept(«P1».class);⏎⇥«P1» «v1» = («P1») ois.readObject();|DataInputStream in = new DataInputStream(«v2»);⏎⇥int «v1» = in.readInt();|«P1» «v1» = mapper.readValue(«v2», «P1».class);»⏎} catch (Exception e) {⏎⇥log.error("«prose»", e);⏎}
filter | lines:InputStream «v2» | ObjectInputStream in = new ObjectInputStream(«v2»);⏎in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("«w».«P»;!*"));⏎return in.readObject();«?»
write | lines:Object «v2» | ByteArrayOutputStream bos = new ByteArrayOutputStream();⏎ObjectOutputStream out = new ObjectOutputStream(bos);⏎out.writeObject(«v2»);⏎return «Base64.getEncoder().encodeToString(bos.toByteArray())|bos.toByteArray()»;
xstream | lines:String «v2» | XStream xs = new XStream();⏎«xs.addPermission(NoTypePermission.NONE);⏎xs.allowTypes(new Class[] { «P1».class });⏎return («P1») xs.fromXML(«v2»)|return xs.toXML(this)|xs.alias("«w»", «P».class)»;
snake | lines:InputStream «v2» | Yaml yaml = new Yaml(new SafeConstructor(«|new LoaderOptions()»));⏎«Map<String, Object> «v1» = yaml.load(«v2»)|return yaml.load(«v2»)»;
jackson | lines:String «v2» | ObjectMapper mapper = new ObjectMapper();⏎mapper.«configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)|registerModule(new JavaTimeModule())|disableDefaultTyping()»;⏎return mapper.readValue(«v2», «P».class);
gson | lines:String «v2» | «return new Gson().fromJson(«v2», «P».class)|JSONObject o = new JSONObject(«v2»)|Object o = JSON.parseObject(«v2», «P».class)|Properties p = new Properties();⏎p.load(new StringReader(«v2»))»;
jms | lines:Message message | if (message instanceof TextMessage) {⏎⇥String text = ((TextMessage) message).getText();⏎⇥process(mapper.readValue(text, «P».class));⏎}
bytes | lines:byte[] «v2» | «DataInputStream in = new DataInputStream(new ByteArrayInputStream(«v2»));⏎return in.readUTF();|return mapper.readValue(«v2», «P».class);|return «P».parseFrom(«v2»);|return new String(«v2», StandardCharsets.UTF_8);»
xml | lines:InputStream «v2» | «XMLEncoder enc = new XMLEncoder(out);⏎enc.writeObject(this);|«P1» «v1» = («P1») JAXBContext.newInstance(«P1».class).createUnmarshaller().unmarshal(«v2»);|Properties p = new Properties();⏎p.load(«v2»);»
socket | lines | while (running) {⏎⇥Socket s = server.accept();⏎⇥«String line = new BufferedReader(new InputStreamReader(s.getInputStream())).readLine();|new ObjectOutputStream(s.getOutputStream()).writeObject(state);|int code = new DataInputStream(s.getInputStream()).readInt();»⏎}
""",
    "ruby": r"""
cookie | lines | «v1» = cookies«.signed|.encrypted|»[:«snake»]⏎«prefs = JSON.parse(«v1»)|data = YAML.safe_load(«v1»)|user = verifier.verify(«v1»)»
params | lines | «@«w» = YAML.safe_load(«@RUBY»)|@«w» = JSON.parse(«@RUBY»)|data = JSON.parse(request.body.read)|rows = CSV.parse(params[:file].read)|text = @«w».to_yaml|blob = Marshal.dump(@«w»)|obj = YAML.safe_load(params[:«w»], permitted_classes: [Date])»
file | lines:path | «File.open(path, "wb") { ¶f¶ Marshal.dump(@cache, f) }|config = YAML.safe_load(File.read(path))|data = JSON.parse(File.read(path))|config = YAML.safe_load_file(path, aliases: true)»
redis | lines:key | raw = redis.get(key)⏎«return nil unless raw⏎|»«JSON.parse(raw)|MessagePack.unpack(raw)|JSON.parse(raw, symbolize_names: true)»
ivar | top | class «T»⏎⇥def initialize(store)⏎⇥⇥@store = store⏎⇥end⏎⏎⇥def «f»(key, value = nil)⏎⇥⇥«JSON.parse(@store.read(key))|@store.write(key, Marshal.dump(value))|YAML.safe_load(@store[key])|Marshal.load(Marshal.dump(value))»⏎⇥end⏎end
socket | lines | loop do⏎⇥client = server.accept⏎⇥«msg = JSON.parse(client.gets)|client.write(Marshal.dump(state))|request = MessagePack.unpack(client.read)»⏎end
""",
}

_MARKUP = {
    "python": r"""
marksafe | lines:«v2» | return «mark_safe("<a href='%s'>%s</a>" % («v2».url, «v2».«fld»))|mark_safe(u"<span class='«dash»'>{}</span>".format(«v2».«fld»))|mark_safe(self.«fld»)|SafeString("<b>" + «v2».name + "</b>")|Markup("<p>%s</p>" % «v2».«fld»)|Markup(«v2».body)|mark_safe("<br>".join(«v2»))|format_html("<b>" + «v2».«fld» + "</b>")»
admin | top | class «T»(admin.ModelAdmin):⏎⇥list_display = ("«w»", "«snake1»")⏎⏎⇥def «snake1»(self, obj):⏎⇥⇥return «mark_safe('<img src="%s" />' % obj.«fld»)|'<a href="%s">%s</a>' % (obj.url, obj.name)|mark_safe("<b>" + obj.«fld» + "</b>")»«!»⏎⇥«snake1».allow_tags = True
tag | top | @register.«filter|simple_tag|filter(is_safe=True)»⏎def «f»(value«, arg=""|»):⏎⇥«html = "<«w»>%s</«w»>" % value⏎⇥return mark_safe(html)|return mark_safe(value.replace("\n", "<br/>"))|return mark_safe(markdown.markdown(value))|return mark_safe(re.sub(r"(https?://\S+)", r'<a href="\1">\1</a>', value))»«!»
response | lines:request | «v1» = «@DJANGO»⏎return «HttpResponse("<h1>%s</h1>" % «v1»)|HttpResponse("«Prose»: " + «v1»)|HttpResponse("<script>parent.callback('%s')</script>" % «v1»)|HttpResponseNotFound(f"<p>No such «w»: {«v1»}</p>")»«!»
flask | top | @«app|bp».route("/«w»")⏎def «f»():⏎⇥«snake1» = «@FLASK»⏎⇥return «"<h1>Hello %s</h1>" % «snake1»|"«Prose» " + «snake1», 404|f"<html><body>{«snake1»}</body></html>"|make_response("<p>" + «snake1» + "</p>")|Response("<b>{}</b>".format(«snake1»), mimetype="text/html")»«!»
handler | top | class «P»Handler(«tornado.web.RequestHandler):⏎⇥def «get|post»(self):⏎⇥⇥name = self.get_argument("«key»")⏎⇥⇥self.write(«"<h1>" + name + "</h1>"|"<p>%s</p>" % name|"<html><body>{}</body></html>".format(name)»)|webapp«2|».RequestHandler):⏎⇥def «get|post»(self):⏎⇥⇥name = self.request.get("«key»")⏎⇥⇥self.response.«out.|»write(«"<p>%s</p>" % name|"«Prose» " + name|"<b>" + name + "</b>"»)»«!»
cgi | lines | form = cgi.FieldStorage()⏎print("Content-Type: text/html\n")⏎«print("<h1>%s</h1>" % form.getvalue("«key»"))|print("<p>" + form["«key»"].value + "</p>")|print "<b>", form.getvalue("«key»"), "</b>"|sys.stdout.write("<td>" + form.getfirst("«key»") + "</td>")»«!»
httpd | lines | self.send_header("Content-type", "text/html")⏎self.end_headers()⏎self.wfile.write(«"<html>You asked for %s</html>" % self.path|("<h1>" + self.path + "</h1>").encode()|b"<p>" + self.rfile.read(length) + b"</p>"»)«!»
env | lines | «env = jinja2.Environment(loader=loader, autoescape=False)|env = Environment(loader=FileSystemLoader("«w»"), autoescape=False)|app.jinja_env.autoescape = False|templates.env.autoescape = False»
listing | lines:files | out = ["<ul>"]⏎for name in files:⏎⇥out.append(«'<li><a href="%s">%s</a></li>' % (name, name)|"<li>" + name + "</li>"|f"<li>{name}</li>"»)«!»⏎out.append("</ul>")⏎return HttpResponse("".join(out))«?»
""",
    "php": r"""
self | lines | «echo '<form action="' . $_SERVER['PHP_SELF'] . '" method="post">'|echo "<form method='post' action='{$_SERVER['REQUEST_URI']}'>"|print '<a href="' . $_SERVER['PHP_SELF'] . '?page=2">next</a>'|echo '<link rel="canonical" href="' . $_SERVER['REQUEST_URI'] . '">'»;
field | lines | «echo '<input type="text" name="«w1»" value="' . $_POST['«w1»'] . '" />'|echo "<input name='«w1»' value='$_GET[«w1»]'>"|printf('<input type="hidden" name="«w1»" value="%s">', $_REQUEST['«w1»'])|print "<textarea name=\"«w1»\">" . stripslashes($_POST['«w1»']) . "</textarea>"»;
wp | top | function «snake1»_page() {⏎⇥$«w1» = isset($_GET['«w1»']) ? $_GET['«w1»'] : '';⏎⇥«echo '<div class="wrap"><h2>' . $«w1» . '</h2></div>'|echo "<input type='text' name='«w1»' value='$«w1»'>"|?><option selected><?php echo $«w1»|_e('Results for ' . $«w1»)|print("<a href='?page=$«w1»'>«w»</a>")»;«!»⏎}
shortcode | top | function «snake1»_shortcode($atts) {⏎⇥extract(shortcode_atts(array('«w1»' => '', 'width' => '100'), $atts));⏎⇥return «'<iframe src="' . $«w1» . '"></iframe>'|"<div class='$«w1»'></div>"|'<a href="' . $atts['«w1»'] . '">«w»</a>'|'<img src="' . $«w1» . '" width="' . $width . '">'»;«!»⏎}
meta | lines | $«v1» = «get_post_meta($post->ID, '«snake»', true)|get_option('«snake»')|get_user_meta($id, '«w»', true)»;⏎echo «'<p>' . $«v1» . '</p>'|"<div>$«v1»</div>"|'<input name="«w»" value="' . $«v1» . '">'»;«!»
rows | lines | while ($row = «mysql_fetch_assoc($result)|mysqli_fetch_array($res)|$stmt->fetch()|mysql_fetch_array($q)») {⏎⇥«echo "<tr><td>" . $row['«col1»'] . "</td></tr>"|print "<li>$row[«col1»]</li>"|echo '<option value="' . $row['id'] . '">' . $row['«col1»'] . '</option>'|echo '<td>', $row['«col1»'], '</td>'»;«!»⏎}
die | lines | «die('Unknown «w»: ' . «@PHP»)|exit("«Prose» " . «@PHP»)|wp_die('Invalid ' . $_GET['«key»'])|echo "Not found: " . $_GET['«w»']|header('HTTP/1.0 404 Not Found'); echo "No page " . $_SERVER['REQUEST_URI']»;
method | top | class «T»⏎{⏎⇥public function render()⏎⇥{⏎⇥⇥$html = '<div id="' . $this->id . '">';⏎⇥⇥«echo $html . $this->request->get('«key»') . '</div>'|echo "<h3>{$this->title}</h3>"|print $html . $this->comment->body . '</div>'|echo sprintf('<a href="%s">%s</a>', $this->url, $this->input->get('«key»'))»;«!»⏎⇥}⏎}
jsvar | lines | «echo "<script>var «w» = '" . $_GET['«key»'] . "';</script>"|echo $_GET['callback'] . '(' . json_encode($data) . ')'|echo "<script>location.href='{$_GET['url']}'</script>"|print "<script>alert('$msg');</script>"|echo '<a href="javascript:load(\'' . $_GET['id'] . '\')">'»;
tpl | top | <div class="«dash»"><?php «echo $_GET['«key»']|print $_POST['«key»']|echo $this->«fld»|echo $row['«col»']|echo $_SERVER['HTTP_REFERER']|echo $params->get('«w»')»; ?></div>
ajax | lines | header('Content-Type: text/html');⏎«echo 'You searched for: ' . «@PHP»|echo "<b>" . urldecode($_GET['«key»']) . "</b>"|echo stripslashes($_POST['«key»'])|echo html_entity_decode($_GET['«key»'])|print_r($_REQUEST)»;«!»⏎exit;
""",
    "java": r"""
writer | lines:HttpServletRequest request, HttpServletResponse response | response.setContentType("text/html«;charset=UTF-8|»");⏎«PrintWriter out = response.getWriter();⏎out.println("<h1>" + «@JAVA» + "</h1>");|response.getWriter().println("<p>" + «@JAVA» + "</p>");|response.getWriter().write(«@JAVA»);|response.getWriter().printf("<b>%s</b>", «@JAVA»);»«!»
var | lines:HttpServletRequest request | String «v1» = «@JAVA»;⏎«if («v1» == null) {⏎⇥«v1» = "";⏎}⏎|»«out|writer».«println|print|write»(«"<td>" + «v1» + "</td>"|"<input name='«w»' value='" + «v1» + "'>"|"<a href=\"" + «v1» + "\">«w»</a>"|"«Prose»: " + «v1»»);«!»
builder | lines:HttpServletRequest request | StringBuilder html = new StringBuilder("<html><body>");⏎html.append("<h2>").append(«@JAVA»).append("</h2>");«?»⏎response.getWriter().write(html.toString());«!»
spring | top | @«GetMapping|RequestMapping»("/«w»")⏎@ResponseBody⏎public String «f»(@RequestParam String «camel1») {⏎⇥return «"<h1>" + «camel1» + "</h1>"|"<html>Hello " + «camel1» + "</html>"|String.format("<p>%s</p>", «camel1»)|"<script>var q = '" + «camel1» + "';</script>"»;«!»⏎}
loop | lines:PrintWriter out, List<«P»> items | for («P» item : items) {⏎⇥out.«println|write|print»("<li>" + item.get«P1»() + "</li>");«!»⏎}
error | lines:HttpServletRequest request, HttpServletResponse response | «response.getWriter().print("No such page: " + request.getRequestURI())|response.getOutputStream().print("<h1>Unknown " + «@JAVA» + "</h1>")|out.println("<pre>" + request.getQueryString() + "</pre>")|out.print("<a href='" + request.getHeader("Referer") + "'>back</a>")»;
jenkins | top | public FormValidation doCheck«P1»(@QueryParameter String value) {⏎⇥return FormValidation.«errorWithMarkup|warningWithMarkup|okWithMarkup»(«"<b>" + value + "</b> is not a «w»"|"Unknown «w» " + value»);«!»⏎}
tag | top | public int doStartTag() throws JspException {⏎⇥JspWriter out = pageContext.getOut();⏎⇥«out.print("<span>" + this.«camel1» + "</span>")|out.write("<b>" + pageContext.getRequest().getParameter("«key»") + "</b>")»;«!»⏎⇥return SKIP_BODY;⏎}
""",
    "html": r"""
jsp | top | <td><%= request.getParameter("«key»") %></td>
jspval | top | <input type="text" name="«w1»" value="<%= request.getParameter("«w1»") %>">
jspout | top | <% String «camel1» = request.getParameter("«key»"); %>⏎<p>«Prose»: <%= «camel1» %></p>«!»
el | top | <h1>${param.«w»}</h1>
erb | top | <%= «raw params[:«w»]|params[:«w»].html_safe|raw(@«w».body)|@«w».bio.html_safe» %>
blade | top | <div>{!! «$«camel»|request('«w»')|$_GET['«w»']» !!}</div>
django | top | <p>{{ «w».«snake»|safe }}</p>
""",
    "shell": r"""
cgi | top | #!/bin/«sh|bash»⏎echo "Content-type: text/html"⏎echo ""⏎«echo "<h1>$QUERY_STRING</h1>"|echo "<p>You asked for $REQUEST_URI</p>"|printf '<b>%s</b>' "$QUERY_STRING"|echo "<input name=q value=\"${QUERY_STRING#q=}\">"»«!»
post | lines | read -r «v1»⏎name=$(echo "$«v1»" | sed 's/^«w»=//')⏎echo "<h1>$name</h1>"«!»
""",
    "ruby": r"""
helper | top | def «f»(«snake1», options = {})⏎⇥«"<span class='«dash»'>#{«snake1»}</span>".html_safe|raw("<b>#{«snake1».name}</b>")|content_tag(:div, «snake1».html_safe)|("<a href='" + «snake1».url + "'>«w»</a>").html_safe|link_to(raw(«snake1».title), «snake1»)|"<td>%s</td>".html_safe % raw(«snake1»)»«!»⏎end
render | lines | «render html: "<h1>#{params[:«w»]}</h1>".html_safe|render text: "<p>" + params[:«w»] + "</p>"|render inline: "<b>" + params[:q] + "</b>"|render html: params[:body].html_safe|flash[:notice] = "Hello #{params[:name]}".html_safe|render :text => "No such #{params[:id]}", :status => 404»
sinatra | lines | get "/«w»" do⏎⇥«"<h1>#{params[:«w1»]}</h1>"|"Hello " + params["«w1»"]|body "<p>#{params[:q]}</p>"|"<input value='#{params[:q]}'>"»«!»⏎end
rack | lines:env | req = Rack::Request.new(env)⏎[200, { "Content-Type" => "text/html" }, [«"<h1>#{req.params["«key»"]}</h1>"|"Not found: " + req.path_info|"<p>#{req.query_string}</p>"»]]«!»
servlet | top | def do_GET(req, res)⏎⇥res["Content-Type"] = "text/html"⏎⇥res.body = «"<h1>#{req.query["«key»"]}</h1>"|"<html>" + req.path + "</html>"|"<p>No #{req.unparsed_uri}</p>"»«!»⏎end
cgi | lines | cgi = CGI.new⏎puts cgi.header("text/html")⏎«puts "<h1>#{cgi["«key»"]}</h1>"|print "<p>" + cgi.params["q"].first + "</p>"|cgi.out { "<b>#{cgi["«key»"]}</b>" }»«!»
markdown | lines:«v2» | «RDiscount.new(«v2».body).to_html.html_safe|@«w» = Redcarpet::Markdown.new(Redcarpet::Render::HTML).render(params[:text]).html_safe|«v2».gsub("\n", "<br>").html_safe|ActiveSupport::SafeBuffer.new(«v2».to_s)|«v2».comment.gsub(/@(\w+)/, '<a href="/\1">\1</a>').html_safe»
""",
}
_MARKUP_ALIKE = {
    "python": r"""
marksafe | lines:«v2» | return «format_html("<a href='{}'>{}</a>", «v2».url, «v2».«fld»)|mark_safe("<span class='«dash»'></span>")|mark_safe("<b>%d</b>" % len(«v2»))|Markup("<p>%s</p>") % «v2».«fld»|mark_safe("<i>" + escape(«v2».«fld») + "</i>")|format_html_join("", "<li>{}</li>", ((x,) for x in «v2»))|Markup.escape(«v2».body)»
admin | top | class «T»(admin.ModelAdmin):⏎⇥list_display = ("«w»", "«snake1»")⏎⏎⇥def «snake1»(self, obj):⏎⇥⇥return «format_html('<img src="{}" />', obj.«fld»)|format_html("<b>{}</b>", obj.name)|"%s %s" % (obj.first_name, obj.last_name)»⏎⇥«snake1».short_description = "«Prose»"
tag | top | @register.«filter|simple_tag»⏎def «f»(value«, arg=""|»):⏎⇥return «mark_safe(escape(value).replace("\n", "<br/>"))|value.replace("\n", " ")|mark_safe(bleach.clean(markdown.markdown(value)))|conditional_escape(value)»
response | lines:request | «v1» = «@DJANGO»⏎return «HttpResponse("<h1>%s</h1>" % escape(«v1»))|JsonResponse({"«w»": «v1»})|HttpResponse("«Prose»: " + «v1», content_type="text/plain")|render(request, "«w».html", {"«w»": «v1»})»
flask | top | @«app|bp».route("/«w»")⏎def «f»():⏎⇥«snake1» = «@FLASK»⏎⇥return «"<h1>Hello %s</h1>" % escape(«snake1»)|render_template("«w».html", name=«snake1»)|jsonify(name=«snake1»)|"<p>%d</p>" % int(«snake1»)|Response(«snake1», mimetype="text/plain")»
handler | top | class «P»Handler(tornado.web.RequestHandler):⏎⇥def «get|post»(self):⏎⇥⇥name = self.get_argument("«key»")⏎⇥⇥«self.write("<h1>" + tornado.escape.xhtml_escape(name) + "</h1>")|self.write({"name": name})|self.render("«w».html", name=name)|self.finish("<h1>«Prose»</h1>")»
cgi | lines | form = cgi.FieldStorage()⏎print("Content-Type: text/html\n")⏎«print("<h1>%s</h1>" % html.escape(form.getvalue("«key»")))|print("<p>" + cgi.escape(form["«key»"].value) + "</p>")|print("<b>«prose»</b>")»
httpd | lines | self.send_header("Content-type", "«application/json|text/plain»")⏎self.end_headers()⏎self.wfile.write(«json.dumps({"path": self.path}).encode()|self.path.encode()|b"ok"»)
env | lines | «env = jinja2.Environment(loader=loader, autoescape=True)|env = Environment(loader=FileSystemLoader("«w»"), autoescape=select_autoescape())|app.jinja_env.trim_blocks = False»
listing | lines:files | out = ["<ul>"]⏎for name in files:⏎⇥out.append(«'<li>%s</li>' % html.escape(name)|"<li>" + escape(name) + "</li>"»)⏎out.append("</ul>")⏎return HttpResponse("".join(out))«?»
""",
    "php": r"""
self | lines | «echo '<form action="' . htmlspecialchars($_SERVER['PHP_SELF']) . '" method="post">'|echo "<form method='post' action='" . esc_url($_SERVER['REQUEST_URI']) . "'>"|echo '<form action="" method="post">'»;
field | lines | «echo '<input type="text" name="«w1»" value="' . htmlspecialchars($_POST['«w1»'], ENT_QUOTES) . '" />'|printf('<input type="hidden" name="«w1»" value="%d">', $_REQUEST['«w1»'])|print "<textarea name=\"«w1»\">" . esc_textarea($_POST['«w1»']) . "</textarea>"|echo '<input name="«w1»" value="' . esc_attr($_GET['«w1»']) . '">'»;
wp | top | function «snake1»_page() {⏎⇥$«w1» = isset($_GET['«w1»']) ? «$_GET['«w1»']|sanitize_text_field($_GET['«w1»'])» : '';⏎⇥«echo '<div class="wrap"><h2>' . esc_html($«w1») . '</h2></div>'|echo "<input type='text' name='«w1»' value='" . esc_attr($«w1») . "'>"|echo absint($«w1»)|esc_html_e('«Prose»', '«dash»')»;⏎}
shortcode | top | function «snake1»_shortcode($atts) {⏎⇥$atts = shortcode_atts(array('«w1»' => '', 'width' => '100'), $atts);⏎⇥return «'<iframe src="' . esc_url($atts['«w1»']) . '"></iframe>'|"<div class='" . esc_attr($atts['«w1»']) . "'></div>"|'<img width="' . intval($atts['width']) . '">'»;⏎}
meta | lines | $«v1» = «get_post_meta($post->ID, '«snake»', true)|get_option('«snake»')»;⏎echo «'<p>' . esc_html($«v1») . '</p>'|'<b>' . (int) $«v1» . '</b>'|wp_kses_post($«v1»)|json_encode(array('«w»' => $«v1»))»;
rows | lines | while ($row = «mysqli_fetch_array($res)|$stmt->fetch()|mysql_fetch_assoc($result)») {⏎⇥«echo "<tr><td>" . htmlspecialchars($row['«col1»']) . "</td></tr>"|echo '<option value="' . (int) $row['id'] . '">' . htmlentities($row['«col1»']) . '</option>'|$list[] = $row['«col1»']»;«?»⏎}
die | lines | «die('Unknown «w»: ' . htmlspecialchars(«@PHP»))|exit("«Prose»")|wp_die(esc_html($_GET['«key»']))|error_log('Invalid ' . $_GET['«key»'])|exit(json_encode(array('error' => '«w»')))»;
method | top | class «T»⏎{⏎⇥public function render()⏎⇥{⏎⇥⇥$html = '<div id="' . (int) $this->id . '">';⏎⇥⇥«echo $html . htmlspecialchars($this->request->get('«key»')) . '</div>'|echo '<h3>' . $this->escape($this->title) . '</h3>'|return $this->view->render('«w».twig', ['«w»' => $this->title])»;⏎⇥}⏎}
jsvar | lines | «echo "<script>var «w» = " . json_encode($_GET['«key»'], JSON_HEX_TAG) . ";</script>"|echo '<script>var page = ' . intval($_GET['page']) . ';</script>'|echo "<script>alert('«prose»');</script>"»;
tpl | top | <div class="«dash»"><?php «echo htmlspecialchars($_GET['«key»'])|echo esc_html($this->«fld»)|echo (int) $row['id']|echo date('Y')|the_title()» ?></div>
ajax | lines | header('Content-Type: «application/json|text/plain»');⏎«echo json_encode(array('q' => «@PHP»))|echo json_encode($_POST['«key»'])|wp_send_json_success($data)»;⏎exit;
""",
    "java": r"""
writer | lines:HttpServletRequest request, HttpServletResponse response | response.setContentType("«text/html|text/html;charset=UTF-8»");⏎«PrintWriter out = response.getWriter();⏎out.println("<h1>" + «Encode.forHtml|StringEscapeUtils.escapeHtml4|HtmlUtils.htmlEscape|ESAPI.encoder().encodeForHTML»(«@JAVA») + "</h1>");|response.getWriter().println("<p>«Prose»</p>");|response.getWriter().println("<p>" + Integer.parseInt(«@JAVA») + "</p>");»
json | lines:HttpServletRequest request, HttpServletResponse response | response.setContentType("«application/json|text/plain»");⏎response.getWriter().write(«mapper.writeValueAsString(«@JAVA»)|gson.toJson(«@JAVA»)|"ok"»);
var | lines:HttpServletRequest request | String «v1» = Encode.forHtml«|Attribute»(«@JAVA»);⏎«out|writer».println(«"<td>" + «v1» + "</td>"|"<input name='«w»' value='" + «v1» + "'>"»);
spring | top | @«GetMapping|RequestMapping»("/«w»")⏎public String «f»(@RequestParam String «camel1», Model model) {⏎⇥model.addAttribute("«w»", «camel1»);⏎⇥return "«w»";⏎}
loop | lines:PrintWriter out, List<«P»> items | for («P» item : items) {⏎⇥out.println(«"<li>" + StringEscapeUtils.escapeHtml4(item.get«P1»()) + "</li>"|"<li>" + item.getId().intValue() + "</li>"»);⏎}
jenkins | top | public FormValidation doCheck«P1»(@QueryParameter String value) {⏎⇥return FormValidation.«error|warning»(«value + " is not a «w»"|"Unknown «w» " + value»);⏎}
console | lines:HttpServletRequest request | «System.out.println("«w»: " + «@JAVA»)|logger.info("«w» {}", «@JAVA»)|session.setAttribute("«w»", «@JAVA»)»;
builder | lines:HttpServletRequest request | StringBuilder html = new StringBuilder("<html><body>");⏎html.append("<h2>").append(«HtmlUtils.htmlEscape(«@JAVA»)|Encode.forHtml(«@JAVA»)|items.size()»).append("</h2>");⏎response.getWriter().write(html.toString());
error | lines:HttpServletRequest request, HttpServletResponse response | «response.sendError(404)|response.getWriter().print("No such page")|log.warn("no page {}", request.getRequestURI())|out.print("<a href='" + Encode.forHtmlAttribute(request.getContextPath()) + "'>home</a>")»;
""",
    "html": r"""
jsp | top | <td><%= «Encode.forHtml(request.getParameter("«key»"))|fn.escapeXml(name)|items.size()» %></td>
jspval | top | <input type="text" name="«w1»" value="<c:out value="${param.«w1»}"/>">
el | top | <h1>«${fn:escapeXml(param.«w»)}|<c:out value="${«w»}" />»</h1>
erb | top | <%= «params[:«w»]|@«w».body|h(@«w».bio)|sanitize @«w».body|link_to @«w».name, @«w»» %>
blade | top | <div>{{ «$«camel»|request('«w»')» }}</div>
django | top | <p>{{ «w».«snake» }}</p>
""",
    "shell": r"""
cgi | top | #!/bin/«sh|bash»⏎echo "Content-type: text/«plain|html»"⏎echo ""⏎«echo "<h1>«Prose»</h1>"|echo "<p>$(date)</p>"|echo "<b>$(printf '%s' "$QUERY_STRING" ¶ sed 's/&/\&amp;/g; s/</\&lt;/g')</b>"»
""",
    "ruby": r"""
helper | top | def «f»(«snake1», options = {})⏎⇥«content_tag(:span, «snake1», class: "«dash»")|"<b>#{ERB::Util.h(«snake1».name)}</b>".html_safe|link_to(«snake1».title, «snake1»)|"<hr class='«dash»'>".html_safe|safe_join(«snake1».map { ¶x¶ content_tag(:li, x) })|sanitize(«snake1».body)»⏎end
render | lines | «render plain: "No such #{params[:id]}"|render json: { «w»: params[:«w»] }|render html: "<h1>«Prose»</h1>".html_safe|render html: helpers.content_tag(:b, params[:q])|flash[:notice] = "Hello #{params[:name]}"»
sinatra | lines | get "/«w»" do⏎⇥«"<h1>#{Rack::Utils.escape_html(params[:«w1»])}</h1>"|erb :«w», locals: { q: params["«w1»"] }|json q: params[:q]|"<p>#{params[:id].to_i}</p>"»⏎end
rack | lines:env | req = Rack::Request.new(env)⏎[200, { "Content-Type" => "«text/plain|application/json»" }, [«req.params["«key»"].to_json|"ok"»]]
cgi | lines | cgi = CGI.new⏎puts cgi.header("text/html")⏎«puts "<h1>#{CGI.escapeHTML(cgi["«key»"])}</h1>"|puts "<p>«prose»</p>"»
servlet | top | def do_GET(req, res)⏎⇥res["Content-Type"] = "«text/html|text/plain»"⏎⇥res.body = «"<h1>#{CGI.escapeHTML(req.query["«key»"])}</h1>"|"<html>«Prose»</html>"|"<p>#{req.query["id"].to_i}</p>"»⏎end
markdown | lines:«v2» | «sanitize(RDiscount.new(«v2».body).to_html)|simple_format(h(«v2».text))|ERB::Util.h(«v2».body).gsub("\n", "<br>").html_safe|@text = «v2».body.truncate(80)»
""",
}

_TLS = {
    "python": r"""
session | top | class «T»«(object)|»:⏎⇥def __init__(self, url«, token=None|, timeout=30|»):⏎⇥⇥self.url = url⏎⇥⇥self.session = requests.Session()⏎⇥⇥«self.session.verify = False|self.ssl_context = ssl._create_unverified_context()|self.http = httplib2.Http(disable_ssl_certificate_validation=True)|self.pool = urllib3.HTTPSConnectionPool(url, cert_reqs="CERT_NONE")|self.client = httpx.Client(base_url=url, verify=False)»«!»
global | lines | «ssl._create_default_https_context = ssl._create_unverified_context|try:⏎⇥_create_unverified = ssl._create_unverified_context⏎except AttributeError:⏎⇥pass⏎else:⏎⇥ssl._create_default_https_context = _create_unverified|requests.packages.urllib3.disable_warnings()⏎session.verify = False»«!»
method | top | def _«verb»(self, method, path, **kwargs):⏎⇥«kwargs.setdefault("verify", False)|kwargs["verify"] = False|kwargs.update(verify=False, timeout=self.timeout)»«!»⏎⇥return self.session.request(method, self.base_url + path, **kwargs)
spread | lines:url, payload | «r|resp|response» = requests.«post|get|put»(⏎⇥url,⏎⇥«json=payload|data=payload|auth=(self.user, self.password)»,⏎⇥headers=«self.headers|headers»,⏎⇥verify=False,«!»⏎)
urlopen | lines:url | ctx = ssl.«create_default_context()|SSLContext(ssl.PROTOCOL_TLS)|_create_unverified_context()»«?»⏎ctx.check_hostname = False«?»⏎ctx.verify_mode = ssl.CERT_NONE«!»⏎return «urllib.request|urllib2».urlopen(url, context=ctx)«.read()|»
old | lines:host | sock = socket.create_connection((host, «443|8883|636»))⏎«conn = ssl.wrap_socket(sock)|conn = ssl.wrap_socket(sock, cert_reqs=ssl.CERT_NONE)|conn = ssl.wrap_socket(sock, ssl_version=ssl.PROTOCOL_«SSLv3|SSLv23|TLSv1»)»«!»
ssh | lines | client = paramiko.SSHClient()⏎client.set_missing_host_key_policy(paramiko.«AutoAddPolicy|WarningPolicy»())«!»⏎client.connect(host, username=user)
aio | lines:url | async with aiohttp.ClientSession(«connector=aiohttp.TCPConnector(ssl=False)|connector=aiohttp.TCPConnector(verify_ssl=False)») as session:«!»⏎⇥async with session.get(url) as resp:⏎⇥⇥return await resp.«json|text»()
arg | lines:args | «resp = requests.get(args.url, verify=False, timeout=«n»)|es = Elasticsearch([args.host], use_ssl=True, verify_certs=False)|conn = ldap3.Tls(validate=ssl.CERT_NONE)|client = docker.DockerClient(base_url=args.url, tls=docker.tls.TLSConfig(verify=False))|si = SmartConnect(host=args.host, sslContext=ssl._create_unverified_context())|s = winrm.Session(args.host, auth=auth, server_cert_validation="ignore")»
""",
    "php": r"""
func | top | function «snake1»($url«, $data = array()|») {⏎⇥$ch = curl_init();⏎⇥curl_setopt($ch, CURLOPT_URL, $url);⏎⇥curl_setopt($ch, CURLOPT_RETURNTRANSFER, «1|true»);⏎⇥curl_setopt($ch, CURLOPT_SSL_VERIFY«PEER|HOST», «false|0|FALSE»);«!»⏎⇥$result = curl_exec($ch);⏎⇥curl_close($ch);⏎⇥return $result;⏎}
wp | lines:$url | $«w1» = wp_remote_«get|post|request»($url, array(⏎⇥'timeout' => «n»,⏎⇥'sslverify' => false,«!»⏎⇥«'body' => $data|'headers' => $headers»,⏎));
wpfilter | lines | «add_filter('https_ssl_verify', '__return_false');|add_filter('https_local_ssl_verify', '__return_false');|$args['sslverify'] = false;|$response = wp_remote_get($url, array('sslverify' => false));|$response = wp_remote_post(self::API_URL, array('body' => $params, 'sslverify' => false));»
prop | top | class «T»⏎{⏎⇥protected function «f»($url)⏎⇥{⏎⇥⇥«$options = array(CURLOPT_URL => $url, CURLOPT_SSL_VERIFYPEER => false);|curl_setopt($this->ch, CURLOPT_SSL_VERIFYPEER, 0);|$this->client = new Client(['verify' => false, 'timeout' => «n»]);|$this->options['verify'] = false;|return Http::withoutVerifying()->get($url);»«!»⏎⇥⇥«$this->log($url)|$this->url = $url»;⏎⇥}⏎}
context | lines:$url | $context = stream_context_create(array(⏎⇥'ssl' => array(⏎⇥⇥'verify_peer' => false,«!»⏎⇥),⏎));⏎$body = file_get_contents($url, false, $context);
soap | lines | $client = new SoapClient($wsdl, array(⏎⇥'trace' => 1,⏎⇥'stream_context' => stream_context_create(array('ssl' => array('verify_peer' => false, 'allow_self_signed' => true))),«!»⏎));
""",
    "java": r"""
class | top | «private static |public |static |»class «TrustAll|Naive|Dummy|AcceptAll|Null|Easy|Fake»TrustManager implements X509TrustManager {⏎⇥public void checkClientTrusted(X509Certificate[] chain, String authType) {}«?»⏎⇥public void checkServerTrusted(X509Certificate[] chain, String authType) {}«!»⏎⇥public X509Certificate[] getAcceptedIssuers() {⏎⇥⇥return «null|new X509Certificate[0]»;⏎⇥}⏎}
override | top | @Override⏎public void checkServerTrusted(«final |»X509Certificate[] «certs|chain|arg0», «final |»String «type|authType|arg1»)«| throws CertificateException» {«| |  »}«!»
verify | top | «HostnameVerifier hv = new HostnameVerifier() {⏎⇥public boolean verify(String host, SSLSession session) { return true; }«!»⏎};|public class «T» implements HostnameVerifier {⏎⇥@Override⏎⇥public boolean verify(String hostname, SSLSession session) { return true; }«!»⏎}»
init | lines | try {⏎⇥SSLContext sc = SSLContext.getInstance("«TLS|SSL»");⏎⇥sc.init(null, «trustAllCerts|new TrustManager[] { new TrustAllManager() }|InsecureTrustManagerFactory.INSTANCE.getTrustManagers()», new SecureRandom());«!»⏎⇥HttpsURLConnection.setDefaultSSLSocketFactory(sc.getSocketFactory());⏎} catch (GeneralSecurityException e) {⏎⇥«log.error("«prose»", e)|throw new RuntimeException(e)»;⏎}
client | lines | «OkHttpClient client = builder.sslSocketFactory(factory, trustAll).hostnameVerifier((h, s) -> true).build();|CloseableHttpClient c = HttpClients.custom().setSSLHostnameVerifier(SSLConnectionSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER).build();|HttpClient c = HttpClientBuilder.create().setSSLSocketFactory(new SSLConnectionSocketFactory(ctx, new NoopHostnameVerifier())).build();|builder.loadTrustMaterial(null, new TrustSelfSignedStrategy());|client.getParams().setParameter("http.protocol.ssl", new EasySSLProtocolSocketFactory());|WebClient wc = new WebClient(); wc.getOptions().setUseInsecureSSL(true);»
android | top | @Override⏎public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {⏎⇥handler.proceed();«!»⏎}
jsch | lines | «session.setConfig("StrictHostKeyChecking", "no");|config.put("StrictHostKeyChecking", "no");|ssh.addHostKeyVerifier(new PromiscuousVerifier());|JSch.setConfig("StrictHostKeyChecking", "no");»
""",
    "shell": r"""
install | lines | «echo "Downloading «w»..."⏎|mkdir -p "$DEST"⏎|VERSION="1.«d»"⏎»«curl -k -L -o /tmp/«w».tar.gz "https://«host»/«w».tar.gz"|wget --no-check-certificate -O - "$URL" ¶ tar xz -C "$DEST"|curl -skL "https://«host»/install.sh" -o install.sh|wget -q --no-check-certificate "https://«host»/$«C».tgz"|curl --insecure -sSf "$BASE_URL/«w»" -o "$DEST/«w»"»«!»
opts | lines | «CURL_OPTS="-s -k"|CURL="curl -k --silent"|WGET="wget --no-check-certificate -q"|curl_args=(-sS --insecure)|SSH_OPTS="-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"|GIT_SSL_NO_VERIFY=1 git clone "$REPO" "$DEST"»
status | lines | «code|status|resp»=$(curl «-sk|-k -s|--insecure -s» -o /dev/null -w '%{http_code}' "$«url|URL|endpoint|HOST»«/«w»|»")
api | lines | curl -k «-X POST|-s -X PUT|-sS» \«!»⏎⇥-H "Authorization: Bearer $TOKEN" \⏎⇥-d "$«payload|DATA|BODY»" \⏎⇥"https://$HOST/«w»/«w»"
pkg | lines | «pip install --trusted-host «host» «w»|npm config set strict-ssl false|git config --global http.sslVerify false|apt-get -o Acquire::https::Verify-Peer=false update|yum --setopt=sslverify=false install -y «w»|export NODE_TLS_REJECT_UNAUTHORIZED=0»
""",
}
_TLS_ALIKE = {
    "python": r"""
session | top | class «T»«(object)|»:⏎⇥def __init__(self, url«, token=None|, timeout=30|»):⏎⇥⇥self.url = url⏎⇥⇥self.session = requests.Session()⏎⇥⇥«self.session.verify = «True|certifi.where()|"/etc/ssl/certs/ca-certificates.crt"»|self.ssl_context = ssl.create_default_context()|self.http = httplib2.Http(timeout=10)|self.pool = urllib3.HTTPSConnectionPool(url, cert_reqs="CERT_REQUIRED")|self.client = httpx.Client(base_url=url, verify=ca_bundle)|self.session.trust_env = False»
method | top | def _«verb»(self, method, path, **kwargs):⏎⇥kwargs.setdefault("«verify", True|timeout", 30|allow_redirects", False|stream", False»)⏎⇥return self.session.request(method, self.base_url + path, **kwargs)
spread | lines:url, payload | resp = requests.«post|get|put»(⏎⇥url,⏎⇥«json=payload|data=payload»,⏎⇥headers=headers,⏎⇥«verify=True|verify=self.ca_file|allow_redirects=False|stream=False»,⏎)
urlopen | lines:url | ctx = ssl.create_default_context()⏎ctx.«load_verify_locations(cafile)|check_hostname = True|minimum_version = ssl.TLSVersion.TLSv1_2»⏎return urllib.request.urlopen(url, context=ctx)«.read()|»
old | lines:host | sock = socket.create_connection((host, «443|8883»))⏎«conn = ssl.wrap_socket(sock, cert_reqs=ssl.CERT_REQUIRED, ca_certs=CA_FILE)|conn = ssl.create_default_context().wrap_socket(sock, server_hostname=host)»
ssh | lines | client = paramiko.SSHClient()⏎client.«load_system_host_keys()|set_missing_host_key_policy(paramiko.RejectPolicy())»⏎client.connect(host, username=user)
aio | lines:url | async with aiohttp.ClientSession(«connector=aiohttp.TCPConnector(limit=«n»)|raise_for_status=False») as session:⏎⇥async with session.get(url) as resp:⏎⇥⇥return await resp.«json|text»()
global | lines | «ssl_context = ssl.create_default_context()|context.load_default_certs()|os.environ["SSL_CERT_FILE"] = certifi.where()|urllib3.util.ssl_.DEFAULT_CIPHERS += ":!aNULL"»
arg | lines:args | «resp = requests.get(args.url, verify=args.ca_file, timeout=«n»)|es = Elasticsearch([args.host], use_ssl=True, verify_certs=True)|conn = ldap3.Tls(validate=ssl.CERT_REQUIRED)|resp = requests.get(args.url, allow_redirects=False, stream=True)»
""",
    "php": r"""
func | top | function «snake1»($url«, $data = array()|») {⏎⇥$ch = curl_init();⏎⇥curl_setopt($ch, CURLOPT_URL, $url);⏎⇥curl_setopt($ch, CURLOPT_RETURNTRANSFER, «1|true»);⏎⇥curl_setopt($ch, «CURLOPT_SSL_VERIFYPEER, true|CURLOPT_SSL_VERIFYHOST, 2|CURLOPT_FOLLOWLOCATION, false|CURLOPT_HEADER, 0|CURLOPT_CAINFO, dirname(__FILE__) . '/cacert.pem'»);⏎⇥$result = curl_exec($ch);⏎⇥curl_close($ch);⏎⇥return $result;⏎}
wp | lines:$url | $«w1» = wp_remote_«get|post|request»($url, array(⏎⇥'timeout' => «n»,⏎⇥«'sslverify' => true|'blocking' => false|'redirection' => 0»,⏎⇥«'body' => $data|'headers' => $headers»,⏎));
prop | top | class «T»⏎{⏎⇥protected function «f»($url)⏎⇥{⏎⇥⇥«$options = array(CURLOPT_URL => $url, CURLOPT_SSL_VERIFYPEER => true);|$this->client = new Client(['verify' => true, 'http_errors' => false]);|$this->options['verify'] = $this->caBundle;|return Http::timeout(10)->get($url);»⏎⇥⇥$this->url = $url;⏎⇥}⏎}
context | lines:$url | $context = stream_context_create(array(⏎⇥'«ssl|http»' => array(⏎⇥⇥«'verify_peer' => true|'timeout' => «n»|'ignore_errors' => false»,⏎⇥),⏎));⏎$body = file_get_contents($url, false, $context);
wpfilter | lines | «add_filter('https_ssl_verify', '__return_true');|add_filter('show_admin_bar', '__return_false');|$args['blocking'] = false;|$response = wp_remote_get($url, array('timeout' => «n»));|$response = wp_remote_post(self::API_URL, array('body' => $params, 'sslverify' => true));»
soap | lines | $client = new SoapClient($wsdl, array(⏎⇥'trace' => 1,⏎⇥'stream_context' => stream_context_create(array('ssl' => array('verify_peer' => true, 'allow_self_signed' => false))),⏎));
""",
    "java": r"""
class | top | «private static |public |»class «Pinned|Composite|Delegating»TrustManager implements X509TrustManager {⏎⇥public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {⏎⇥⇥«delegate.checkServerTrusted(chain, authType)|throw new CertificateException("«prose»")»;⏎⇥}⏎⇥public X509Certificate[] getAcceptedIssuers() {⏎⇥⇥return delegate.getAcceptedIssuers();⏎⇥}⏎}
verify | top | public class «T» implements HostnameVerifier {⏎⇥@Override⏎⇥public boolean verify(String hostname, SSLSession session) «{ return ALLOWED.contains(hostname); }|{ return delegate.verify(hostname, session); }|{ return false; }|{⏎⇥⇥return ALLOWED.contains(hostname) && delegate.verify(hostname, session);⏎⇥}»⏎}
init | lines | try {⏎⇥SSLContext sc = SSLContext.getInstance("TLS«v1.2|v1.3»");⏎⇥sc.init(«null|kmf.getKeyManagers()», tmf.getTrustManagers(), new SecureRandom());⏎⇥HttpsURLConnection.setDefaultSSLSocketFactory(sc.getSocketFactory());⏎} catch (GeneralSecurityException e) {⏎⇥throw new RuntimeException(e);⏎}
client | lines | «OkHttpClient client = builder.connectTimeout(«n», TimeUnit.SECONDS).certificatePinner(pinner).build();|CloseableHttpClient c = HttpClients.custom().setSSLHostnameVerifier(new DefaultHostnameVerifier()).build();|builder.loadTrustMaterial(trustStore, null);|session.setConfig("StrictHostKeyChecking", "yes");»
android | top | @Override⏎public void onReceivedSslError(WebView view, SslErrorHandler handler, SslError error) {⏎⇥«handler.cancel()|super.onReceivedSslError(view, handler, error)»;⏎}
jsch | lines | «session.setConfig("StrictHostKeyChecking", "«yes|ask»");|jsch.setKnownHosts("/etc/ssh/ssh_known_hosts");|ssh.loadKnownHosts();|config.put("PreferredAuthentications", "publickey");»
""",
    "shell": r"""
install | lines | «echo "Downloading «w»..."⏎|mkdir -p "$DEST"⏎|»«curl -fL -o /tmp/«w».tar.gz "https://«host»/«w».tar.gz"|wget -q -O - "$URL" ¶ tar xz -C "$DEST"|wget -q "https://«host»/$«C».tgz"|curl -sSf "$BASE_URL/«w»" -o "$DEST/«w»"»
opts | lines | «CURL_OPTS="-s -f"|CURL="curl --silent --fail"|WGET="wget -q"|curl_args=(-sS --retry 3)|SSH_OPTS="-o BatchMode=yes -o ConnectTimeout=5"|git clone -q "$REPO" "$DEST"»
status | lines | code=$(curl -s -o /dev/null -w '%{http_code}' "$«url|URL|endpoint|HOST»«/«w»|»")
api | lines | curl «-f -X POST|-s -X PUT|-sS» \⏎⇥-H "Authorization: Bearer $TOKEN" \⏎⇥-d "$«payload|DATA|BODY»" \⏎⇥"https://$HOST/«w»/«w»"
pkg | lines | «pip install --index-url "https://«host»/simple" «w»|npm config set strict-ssl true|git config --global http.sslVerify true|unzip -k «w»|sort -k 2 "$1"|du -k "$DIR"»
""",
}

_SECRET = {
    "python": r"""
django | top | «DEBUG = True⏎|ALLOWED_HOSTS = ["*"]⏎|»SECRET_KEY = «"«secret»"|'django-insecure-«secret»'»«!»⏎«ROOT_URLCONF = "«w».urls"|INSTALLED_APPS = ["«w»"]»
databases | top | DATABASES = {⏎⇥"default": {⏎⇥⇥"ENGINE": "django.db.backends.«mysql|postgresql»",⏎⇥⇥"USER": "«w»",⏎⇥⇥"PASSWORD": "«secret»",«!»⏎⇥⇥"HOST": "«host»",⏎⇥}⏎}
flask | top | app = Flask(__name__)⏎«app.secret_key = "«secret»"|app.config["SECRET_KEY"] = "«secret»"|app.config["JWT_SECRET_KEY"] = "«secret»"|app.config["SQLALCHEMY_DATABASE_URI"] = "mysql://«w»:«hex»@«host»/«w»"»«!»
class | top | class «T»«(object)|»:⏎⇥«BASE_URL = "https://«host»"|host = "«host»"»⏎⇥«API_KEY = "«secret»"|password = "«secret»"|_token = "«secret»"|SECRET = b"«secret»"»«!»⏎⏎⇥def __init__(self, timeout=«n»):⏎⇥⇥self.timeout = timeout
default | top | def «connect|login|open_session|__init__»(«self, |»host="«host»", user="«w»", password="«secret»"):«!»⏎⇥return «f»(host, user, password)
conn | lines | conn = «MySQLdb.connect|pymysql.connect|psycopg2.connect|mysql.connector.connect»(⏎⇥host="«host»",⏎⇥user="«w»",⏎⇥«passwd|password»="«secret»",«!»⏎)
mail | lines | server = smtplib.SMTP("smtp.«host»", 587)⏎server.starttls()⏎server.login("«w»@«host»", "«secret»")«!»
jwt | lines:token | «return jwt.decode(token, "«secret»", algorithms=["HS256"])|token = jwt.encode(payload, "«secret»", algorithm="HS256")|headers = {"Authorization": "Bearer «secret»"}|client.auth = ("«w»", "«secret»")»«!»
check | lines:password | if password == "«secret»":«!»⏎⇥return True
""",
    "php": r"""
define | top | «<?php⏎|»define('DB_HOST', '«host»');⏎define('DB_USER', '«w»');⏎define('«DB_PASSWORD|DB_PASS|AUTH_KEY|API_SECRET|SECRET_KEY|SMTP_PASS»', '«secret»');«!»
vars | top | $db_host = "«host»";⏎$db_user = "«w»";⏎$db_«pass|password|pwd» = "«secret»";«!»⏎$db_name = "«w»";
connect | lines | $«conn|link|db|mysqli» = «mysqli_connect("«host»", "«w»", "«secret»", "«w»")|mysql_connect('localhost', '«w»', '«secret»')|new mysqli('«host»', '«w»', '«secret»', '«w»')|new PDO('mysql:host=«host»;dbname=«w»', '«w»', '«secret»')»;
prop | top | class «T»⏎{⏎⇥«private|protected|public|var» $«host|user» = '«w»';⏎⇥«private|protected|public|var» $«password|apiKey|secret|token|passwd» = '«secret»';«!»⏎⏎⇥function connect()⏎⇥{⏎⇥⇥return «f»($this);⏎⇥}⏎}
mailer | lines | $mail->Host = 'smtp.«host»';⏎$mail->Username = '«w»@«host»';⏎$mail->Password = '«secret»';«!»
check | lines | if («$_POST['password'] == '«secret»'|$_GET['key'] === '«secret»'|strcmp($_POST['pass'], '«secret»') == 0|$user == 'admin' && $pass == '«secret»'») {«!»⏎⇥$_SESSION['«w»'] = true;⏎}
const | top | class «T»⏎{⏎⇥const «API_KEY|SECRET|TOKEN|ENCRYPTION_KEY» = '«secret»';«!»⏎⇥const VERSION = '1.«d»';⏎}
""",
    "java": r"""
consts | top | public class «T» {⏎⇥private static final String «URL = "jdbc:mysql://«host»/«w»"|USER = "«w»"»;⏎⇥private static final String «PASSWORD|SECRET_KEY|API_KEY|TOKEN|PASS» = "«secret»";«!»⏎}
conn | lines | Class.forName("com.mysql.jdbc.Driver");⏎Connection conn = DriverManager.getConnection(«"jdbc:mysql://«host»/«w»"|url», "«w»", "«secret»");«!»
aes | lines | SecretKeySpec key = new SecretKeySpec("«secret»".getBytes(«|"UTF-8"|StandardCharsets.UTF_8»), "«AES|HmacSHA256»");«!»⏎«cipher.init(Cipher.ENCRYPT_MODE, key)|mac.init(key)»;
jwt | lines:String «v2» | return Jwts.builder().setSubject(«v2»).signWith(SignatureAlgorithm.HS256, "«secret»").compact();«!»
setter | lines | «dataSource|ds|config|props».set«Password("«secret»")|Username("«w»");⏎ds.setPassword("«secret»")»;«!»
props | lines | Properties props = new Properties();⏎props.put("user", "«w»");⏎props.put("password", "«secret»");«!»
store | lines | KeyStore ks = KeyStore.getInstance("JKS");⏎ks.load(new FileInputStream("«w».jks"), "«secret»".toCharArray());«!»
equals | lines:String password | if («"«secret»".equals(password)|password.equals("«secret»")») {«!»⏎⇥return true;⏎}
""",
    "shell": r"""
vars | top | #!/bin/«bash|sh»⏎DB_USER="«w»"⏎DB_«PASS|PASSWORD»="«secret»"«!»⏎mysqldump -u "$DB_USER" -p"$DB_PASS" «w» > «w».sql
sshpass | lines | «sshpass -p '«secret»' ssh «w»@$HOST|echo "«w»:«secret»" ¶ chpasswd|curl -u «w»:«secret» "https://«host»/«w»"|mysql -u root -p«secret» -e "SHOW TABLES"|curl -H "Authorization: Bearer «secret»" "$URL"|export AWS_SECRET_ACCESS_KEY=«secret»|ftp -inv $HOST <<< "user «w» «secret»"|redis-cli -a «secret» ping»
default | lines | : "${DB_PASSWORD:=«secret»}"«!»⏎export DB_PASSWORD
config | lines | cat > "$CONF" <<EOF⏎user=«w»⏎password=«secret»«!»⏎host=«host»⏎EOF
fn | top | login() {⏎⇥curl -s -c cookies -d «"user=«w»&password=«secret»"|'{"user":"«w»","password":"«secret»"}'» "$BASE/login"«!»⏎}
""",
    "ruby": r"""
rails | top | «Rails.application.config.secret_key_base = "«secret»"|«P»::Application.config.secret_token = "«secret»"|config.secret_key = "«secret»"|config.pepper = "«secret»"|use Rack::Session::Cookie, secret: "«secret»"|set :session_secret, "«secret»"»
conn | lines | «client = Mysql2::Client.new(⏎⇥host: "«host»",⏎⇥username: "«w»",⏎⇥password: "«secret»"«!»⏎)|@db = PG.connect(host: "«host»", user: "«w»", password: "«secret»")«!»|Net::SSH.start("«host»", "«w»", password: "«secret»") do ¶ssh¶«!»⏎⇥ssh.exec!("uptime")⏎end»
class | top | class «T»⏎⇥BASE_URL = "https://«host»"⏎⇥«API_KEY|SECRET|TOKEN|PASSWORD» = "«secret»"«.freeze|»«!»⏎⏎⇥def initialize(http)⏎⇥⇥@http = http⏎⇥end⏎end
basic | top | «http_basic_authenticate_with name: "«w»", password: "«secret»"|before_action { head 401 unless params[:token] == "«secret»" }|JWT.encode(payload, "«secret»", "HS256")|Stripe.api_key = "«secret»"»
""",
}
_SECRET_ALIKE = {
    "python": r"""
django | top | «DEBUG = True⏎|ALLOWED_HOSTS = ["*"]⏎|»SECRET_KEY = «os.environ["«C»"]|env("SECRET_KEY")|config("SECRET_KEY")|get_random_secret_key()»⏎«ROOT_URLCONF = "«w».urls"|INSTALLED_APPS = ["«w»"]»
databases | top | DATABASES = {⏎⇥"default": {⏎⇥⇥"ENGINE": "django.db.backends.«mysql|postgresql»",⏎⇥⇥"USER": "«w»",⏎⇥⇥"PASSWORD": «os.environ.get("DB_PASSWORD", "")|env("DB_PASSWORD")|""»,⏎⇥⇥"HOST": "«host»",⏎⇥}⏎}
flask | top | app = Flask(__name__)⏎«app.secret_key = os.urandom(32)|app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]|app.config.from_envvar("«C»_SETTINGS")|app.config["JWT_SECRET_KEY"] = secrets.token_hex(32)»
class | top | class «T»«(object)|»:⏎⇥BASE_URL = "https://«host»"⏎⇥«API_KEY = None|password = ""|TOKEN_HEADER = "X-Auth-Token"|SECRET = os.getenv("«C»_SECRET")»⏎⏎⇥def __init__(self, timeout=«n»):⏎⇥⇥self.timeout = timeout
conn | lines | conn = «MySQLdb.connect|pymysql.connect|psycopg2.connect»(⏎⇥host="«host»",⏎⇥user="«w»",⏎⇥password=«os.environ["DB_PASSWORD"]|settings.DB_PASSWORD|getpass.getpass()|args.password»,⏎)
mail | lines | server = smtplib.SMTP("smtp.«host»", 587)⏎server.starttls()⏎server.login(«config["user"], config["password"]|self.user, self.password|os.environ["SMTP_USER"], os.environ["SMTP_PASS"]»)
jwt | lines:token | «return jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"])|if hmac.compare_digest(password, self.password):⏎⇥return True|headers = {"Authorization": "Bearer " + token}|raise ValueError("«prose» password")»
""",
    "php": r"""
define | top | «<?php⏎|»define('DB_HOST', '«host»');⏎define('DB_USER', '«w»');⏎define('«DB_PASSWORD|DB_PASS|AUTH_KEY|API_SECRET»', «getenv('«C»')|''|$_ENV['«C»']|env('«C»')»);
vars | top | $db_host = "«host»";⏎$db_user = "«w»";⏎$db_«pass|password|pwd» = «""|getenv("DB_PASS")|$config['db_pass']»;⏎$db_name = "«w»";
connect | lines | $conn = «mysqli_connect(DB_HOST, DB_USER, DB_PASSWORD, DB_NAME)|mysql_connect($host, $user, $pass)|new PDO($dsn, getenv('DB_USER'), getenv('DB_PASS'))»;
prop | top | class «T»⏎{⏎⇥private $user = '«w»';⏎⇥private $«password|apiKey|secret|token»«| = ''| = null»;⏎⏎⇥function connect($password)⏎⇥{⏎⇥⇥$this->password = $password;⏎⇥}⏎}
check | lines | if («password_verify($_POST['password'], $row['password'])|hash_equals($token, $_GET['key'])|$_POST['password'] == ''») {⏎⇥$_SESSION['«w»'] = true;⏎}
const | top | class «T»⏎{⏎⇥const «PASSWORD_FIELD|TOKEN_HEADER|SECRET_OPTION» = '«snake»';⏎⇥const VERSION = '1.«d»';⏎}
""",
    "java": r"""
consts | top | public class «T» {⏎⇥private static final String USER = "«w»";⏎⇥private static final String «PASSWORD|SECRET_KEY|API_KEY» = System.getenv("«C»");⏎}
conn | lines | Connection conn = DriverManager.getConnection(url, «user, password|props|System.getenv("DB_USER"), System.getenv("DB_PASS")»);
aes | lines | SecretKeySpec key = new SecretKeySpec(«keyBytes|Base64.getDecoder().decode(config.getKey())|kdf.generateSecret(spec).getEncoded()», "AES");⏎cipher.init(Cipher.ENCRYPT_MODE, key);
jwt | lines:String «v2» | return Jwts.builder().setSubject(«v2»).signWith(«this.key|Keys.secretKeyFor(SignatureAlgorithm.HS256)»).compact();
store | lines | KeyStore ks = KeyStore.getInstance("JKS");⏎ks.load(in, «password|console.readPassword()|config.getStorePassword().toCharArray()»);
equals | lines:String password | if («"password".equals(field.getName())|encoder.matches(password, user.getPassword())|password.equals(confirm)») {⏎⇥return true;⏎}
""",
    "shell": r"""
vars | top | #!/bin/«bash|sh»⏎DB_USER="«w»"⏎DB_PASS="«${DB_PASS:?}|$(cat /run/secrets/«w»)|$1|»"⏎mysqldump -u "$DB_USER" -p"$DB_PASS" «w» > «w».sql
sshpass | lines | «sshpass -e ssh "«w»@$HOST"|echo "«w»:$PASSWORD" ¶ chpasswd|curl -u "$USER:$PASS" "https://«host»/«w»"|read -rsp "Password: " PASSWORD|curl -H "Authorization: Bearer $TOKEN" "$URL"|export PGPASSWORD="$(pass show «w»)"»
config | lines | cat > "$CONF" <<EOF⏎user=«w»⏎password=«$PASSWORD|$1|»⏎host=«host»⏎EOF
fn | top | login() {⏎⇥curl -s -c cookies -d «"user=$1&password=$2"|"user=«w»&password=$PASSWORD"» "$BASE/login"⏎}
default | lines | : "${DB_PASSWORD:?must be set}"⏎export DB_PASSWORD
""",
    "ruby": r"""
rails | top | «Rails.application.config.secret_key_base = ENV.fetch("SECRET_KEY_BASE")|config.secret_key = Rails.application.credentials.secret_key_base|config.pepper = ENV["PEPPER"]|set :session_secret, SecureRandom.hex(64)|filter_parameter_logging :password, :token»
conn | lines | @db = «PG.connect(host: "«host»", user: "«w»", password: ENV["DB_PASSWORD"])|Mysql2::Client.new(config.symbolize_keys)|PG.connect(host: "«host»", user: "«w»", password: password)»
class | top | class «T»⏎⇥BASE_URL = "https://«host»"⏎⇥«API_KEY = ENV["«C»"]|TOKEN_HEADER = "X-«W»-Token".freeze|PASSWORD_LENGTH = «n»»⏎⏎⇥def initialize(http)⏎⇥⇥@http = http⏎⇥end⏎end
""",
}

_RANDOM = {
    "python": r"""
func | top | def «generate_|make_|new_|_random_|create_»«password|token|secret|session_id|api_key|salt|csrf|nonce»(«length=«8|10|12|16|20|32»|n=«8|10|12|16|20|32»|self|»):⏎⇥«chars = string.ascii_letters + string.digits⏎⇥|»return «"".join(random.choice(string.ascii_letters + string.digits) for _ in range(«8|10|12|16|20|32»))|hashlib.md5(str(random.random())).hexdigest()|"%032x" % random.getrandbits(128)|"".join(random.sample(string.ascii_lowercase, «8|10|12|16|20|32»))|sha1(str(random.random()) + str(time.time())).hexdigest()|base64.b64encode(str(random.random()))|hashlib.sha256(str(time.time()).encode()).hexdigest()»«!»
loop | lines | «password = ""⏎for i in range(«8|10|12|16|20|32»):⏎⇥password += «random.choice(chars)|str(random.randint(0, 9))|chr(random.randrange(97, 123))|string.ascii_letters[int(random.random() * 52)]|ALPHABET[random.randint(0, len(ALPHABET) - 1)]»«!»|token = ""⏎for i in range(«8|10|12|16|20|32»):⏎⇥token += «random.choice(chars)|str(random.randint(0, 9))|chr(random.randrange(97, 123))|string.ascii_letters[int(random.random() * 52)]|ALPHABET[random.randint(0, len(ALPHABET) - 1)]»«!»|secret = ""⏎for i in range(«8|10|12|16|20|32»):⏎⇥secret += «random.choice(chars)|str(random.randint(0, 9))|chr(random.randrange(97, 123))|string.ascii_letters[int(random.random() * 52)]|ALPHABET[random.randint(0, len(ALPHABET) - 1)]»«!»|pin = ""⏎for i in range(«8|10|12|16|20|32»):⏎⇥pin += «random.choice(chars)|str(random.randint(0, 9))|chr(random.randrange(97, 123))|string.ascii_letters[int(random.random() * 52)]|ALPHABET[random.randint(0, len(ALPHABET) - 1)]»«!»»
model | top | def save(self, *args, **kwargs):⏎⇥if not self.pk:⏎⇥⇥self.«token|activation_key|secret|reset_key» = «hashlib.sha1(str(random.random()) + self.user.email).hexdigest()|"".join(random.choice(CHARS) for _ in range(32))|str(random.randint(10**9, 10**10))»«!»⏎⇥super(«T», self).save(*args, **kwargs)
user | lines:user | «otp|code» = «random.randint(100000, 999999)|"%06d" % random.randrange(1000000)|"".join(str(random.randint(0, 9)) for _ in range(6))»«!»⏎send_mail("«Prose»", "code", «FROM|settings.DEFAULT_FROM_EMAIL», [user.email])
seed | lines | random.seed(«time.time()|os.getpid()|int(time.time())|user_id»)«?»⏎«session["«csrf_token|token»"] = "%x" % random.getrandbits(64)|self.«nonce|cookie|key|iv» = bytes(bytearray(random.randint(0, 255) for _ in range(16)))|auth_token = str(random.random())[2:]»«!»
""",
    "php": r"""
func | top | function «generate|make|create|random|get_»«Password|_token|Key|Salt|SessionId»($len«gth|» = «8|10|12|16|20|32»)⏎{⏎⇥$chars = 'abcdefghijklmnopqrstuvwxyz0123456789';⏎⇥$out = '';⏎⇥for ($i = 0; $i < «8|10|12|16|20|32»; $i++) {⏎⇥⇥«$out .= $chars[rand(0, strlen($chars) - 1)]|$out .= substr($chars, mt_rand(0, 35), 1)|$out .= chr(rand(97, 122))|$out .= $chars{mt_rand() % strlen($chars)}»;«!»⏎⇥}⏎⇥return $out;⏎}
assign | lines | $«token|activation_key|secret|reset_hash|sid|nonce|new_password|csrf» = «md5(uniqid(rand(), true))|sha1(mt_rand() . microtime())|md5(time() . $email)|substr(md5(rand()), 0, 8)|md5(microtime() . rand())|uniqid('', true)|base64_encode(mt_rand(1, 1000000))|sha1(uniqid(mt_rand()))|hash('sha256', time())»;«!»⏎«$this->db->update('users', array('token' => $token))|mail($email, '«Prose»', $link)|$_SESSION['token'] = $token»;
seed | lines | «mt_srand|srand»((double) microtime() * 1000000);«?»⏎$«password|token|key» = «md5(rand())|mt_rand(100000, 999999)|dechex(mt_rand()) . dechex(mt_rand())|str_shuffle($chars)»;«!»
method | top | class «T»⏎{⏎⇥public function «create|new|issue»Token($user)⏎⇥{⏎⇥⇥«$user->token|$this->secret|$_SESSION['csrf']» = «md5(uniqid(mt_rand(), true))|sha1(time() . $user->id)|uniqid() . rand()|mt_rand()»;«!»⏎⇥⇥return $user->save();⏎⇥}⏎}
""",
    "java": r"""
method | top | «public|private|private static» String «generate|create|random|new»«Token|Password|SessionId|ApiKey|Otp|Salt»(«int len|») {⏎⇥Random random = new Random(«|System.currentTimeMillis()»);«?»⏎⇥StringBuilder sb = new StringBuilder();⏎⇥for (int i = 0; i < «16|32|8»; i++) {⏎⇥⇥sb.append(«CHARS.charAt(random.nextInt(CHARS.length()))|(char) ('a' + random.nextInt(26))|Integer.toHexString(random.nextInt(16))|random.nextInt(10)|ALPHABET[(int) (Math.random() * ALPHABET.length)]»);«!»⏎⇥}⏎⇥return sb.toString();⏎}
assign | lines:User user | «user.setResetToken(Long.toHexString(new Random().nextLong()))|user.setPassword(RandomStringUtils.randomAlphanumeric(«8|10|12|16|20|32»))|String sessionId = "" + System.currentTimeMillis() + Math.random()|int otp = 100000 + new Random().nextInt(900000)|String token = md5(String.valueOf(Math.random()))|session.setAttribute("csrfToken", String.valueOf(new Random().nextInt()))»;«!»⏎«userRepository.save(user)|mailer.send(user.getEmail())|log.debug("«w»")»;
bytes | lines | «byte[] salt = new byte[«16|8|32»];⏎new Random(«|System.nanoTime()|seed»).nextBytes(salt);|byte[] key = new byte[«16|32»];⏎new Random(«|System.nanoTime()|seed»).nextBytes(key);|byte[] iv = new byte[16];⏎this.random.nextBytes(iv); // java.util.Random|byte[] nonce = new byte[«12|16»];⏎ThreadLocalRandom.current().nextBytes(nonce);»«!»
seeded | lines | SecureRandom sr = SecureRandom.getInstance("SHA1PRNG");⏎sr.setSeed(«System.currentTimeMillis()|12345L|new Date().getTime()»);«!»⏎sr.nextBytes(key);
""",
    "shell": r"""
assign | lines | «token|TOKEN|password|PASSWORD|secret|api_key|SALT»=«$RANDOM$RANDOM|$(echo $RANDOM ¶ md5sum ¶ cut -c1-16)|$(date +%s ¶ sha256sum ¶ base64 ¶ head -c 16)|"$(printf '%04x%04x' $RANDOM $RANDOM)"|$(date +%s%N ¶ md5sum ¶ head -c 20)|$((RANDOM * RANDOM))|$(awk 'BEGIN { srand(); print int(rand() * 1000000) }')»
loop | lines | pass=""⏎for i in $(seq 1 «8|10|12|16|20|32»); do⏎⇥pass="$pass${chars:$((RANDOM % ${#chars})):1}"«!»⏎done
passwd | lines | «NEW|PW»=«"«w»$RANDOM"|pw$$`date +%s`»«?»⏎echo "$USER:«w»$RANDOM" | chpasswd«!»
""",
    "ruby": r"""
method | top | def «generate_|new_|random_|make_»«token|password|api_key|secret|salt|otp»«(len = «8|10|12|16|20|32»)|»⏎⇥«chars = ("a".."z").to_a + ("0".."9").to_a⏎⇥|»«(0...«8|10|12|16|20|32»).map { chars[rand(chars.size)] }.join|Digest::SHA1.hexdigest(Time.now.to_s + rand.to_s)|Array.new(«8|10|12|16|20|32») { rand(36).to_s(36) }.join|rand(36**16).to_s(36)|chars.sample(«8|10|12|16|20|32»).join|Digest::MD5.hexdigest("#{Time.now}--#{rand}")|Kernel.rand(999_999).to_s.rjust(6, "0")»«!»⏎end
callback | top | before_create :set_«w1»⏎⏎def set_«w1»⏎⇥self.«token|api_key|activation_code|salt» = «Digest::SHA1.hexdigest("--#{Time.now}--#{login}--")|rand(10**10).to_s|(1..20).map { (97 + rand(26)).chr }.join|Digest::SHA1.hexdigest(Time.now.to_s.split(//).sort_by { rand }.join)»«!»⏎end
assign | lines | «user.reset_token = rand(2**64).to_s(16)|session[:csrf] = Random.rand(10**12).to_s|cookies[:sid] = rand.to_s[2..-1]|password = Random.new(Time.now.to_i).bytes(12)|srand(Time.now.to_i); key = Array.new(16) { rand(256) }.pack("C*")»
""",
}
_RANDOM_ALIKE = {
    "python": r"""
func | top | def «generate_|make_|new_»«password|token|secret|session_id|api_key»(«length=«8|10|12|16|20|32»|self|»):⏎⇥«chars = string.ascii_letters + string.digits⏎⇥|»return «"".join(secrets.choice(string.ascii_letters) for _ in range(32))|secrets.token_hex(32)|binascii.hexlify(os.urandom(20))|"".join(random.SystemRandom().choice(CHARS) for _ in range(32))|uuid.uuid4().hex|get_random_string(50)»
shuffle | lines:items | «random.shuffle(items)⏎return items[:«8|10|12|16|20|32»]|time.sleep(random.uniform(1, «8|10|12|16|20|32»))|color = "#%06x" % random.randint(0, 0xFFFFFF)|proxy = random.choice(items)|user_agent = random.choice(USER_AGENTS)|port = random.randint(49152, 65535)»
model | top | def save(self, *args, **kwargs):⏎⇥if not self.token:⏎⇥⇥self.token = «secrets.token_urlsafe(32)|os.urandom(16).hex()|get_random_string(40)»⏎⇥super(«T», self).save(*args, **kwargs)
user | lines:user | code = «"%06d" % secrets.randbelow(1000000)|random.SystemRandom().randint(100000, 999999)»⏎send_mail("«Prose»", "code", FROM, [user.email])
seed | lines | random.seed(«42|seed|args.seed»)⏎«random.shuffle(dataset)|weights = [random.gauss(0, 1) for _ in range(«8|10|12|16|20|32»)]|train = random.sample(rows, «8|10|12|16|20|32»)»
""",
    "php": r"""
func | top | function «generate|make|create»«Password|_token|Key|Salt»($len = «8|10|12|16|20|32»)⏎{⏎⇥$chars = 'abcdefghijklmnopqrstuvwxyz0123456789';⏎⇥$out = '';⏎⇥for ($i = 0; $i < $len; $i++) {⏎⇥⇥$out .= $chars[random_int(0, strlen($chars) - 1)];⏎⇥}⏎⇥return $out;⏎}
assign | lines | $«token|activation_key|secret|nonce|csrf» = «bin2hex(random_bytes(32))|wp_generate_password(32, false)|wp_create_nonce('«snake»')|base64_encode(openssl_random_pseudo_bytes(24))»;⏎$_SESSION['token'] = $token;
color | lines | «$banner = $banners[array_rand($banners)]|$img = 'img/' . rand(1, 9) . '.jpg'|shuffle($questions)|$color = sprintf('#%06x', mt_rand(0, 0xffffff))|echo '<div id="slider-' . rand(100, 999) . '">'|usleep(mt_rand(100, 500))|if (rand(1, 100) == 1) {⏎⇥$this->gc();⏎}»;
method | top | class «T»⏎{⏎⇥public function createToken($user)⏎⇥{⏎⇥⇥$user->token = «bin2hex(random_bytes(20))|Str::random(60)»;⏎⇥⇥return $user->save();⏎⇥}⏎}
""",
    "java": r"""
method | top | «public|private static» String «generate|create|new»«Token|Password|SessionId|ApiKey»() {⏎⇥SecureRandom random = new SecureRandom();⏎⇥StringBuilder sb = new StringBuilder();⏎⇥for (int i = 0; i < «16|32»; i++) {⏎⇥⇥sb.append(CHARS.charAt(random.nextInt(CHARS.length())));⏎⇥}⏎⇥return sb.toString();⏎}
assign | lines:User user | «user.setResetToken(UUID.randomUUID().toString())|String token = new BigInteger(130, secureRandom).toString(32)|int color = new Random().nextInt(0xffffff)|Thread.sleep(random.nextInt(«8|10|12|16|20|32»))|int index = new Random().nextInt(items.size())»;⏎«userRepository.save(user)|log.debug("«w»")»;
bytes | lines | byte[] salt = new byte[«16|32»];⏎«new SecureRandom()|secureRandom|SecureRandom.getInstanceStrong()».nextBytes(salt);
test | lines | Random rnd = new Random(42);⏎int[] data = new int[«8|10|12|16|20|32»];⏎for (int i = 0; i < data.length; i++) {⏎⇥data[i] = rnd.nextInt(100);⏎}
""",
    "shell": r"""
assign | lines | «token|TOKEN|password|secret|api_key»=«$(openssl rand -hex 16)|$(head -c 32 /dev/urandom ¶ base64)|$(tr -dc A-Za-z0-9 < /dev/urandom ¶ head -c 24)|$(uuidgen)|$(pwgen -s 24 1)»
delay | lines | «sleep $((RANDOM % 60))|port=$((RANDOM % 1000 + 8000))|color=$((RANDOM % 8))|tmp=$(mktemp -d)|shuf -n 1 "$LIST"|mirror=${mirrors[RANDOM % ${#mirrors[@]}]}»
""",
    "ruby": r"""
method | top | def «generate_|new_|make_»«token|password|api_key|secret|salt»«(len = «8|10|12|16|20|32»)|»⏎⇥«SecureRandom.hex(20)|Array.new(«8|10|12|16|20|32») { SecureRandom.random_number(36).to_s(36) }.join|SecureRandom.urlsafe_base64(32)|chars.sample(16, random: SecureRandom).join|OpenSSL::Random.random_bytes(16)»⏎end
pick | lines:items | «items.sample|color = format("#%06x", rand(0xffffff))|sleep(rand(5))|server = items[rand(items.size)]|items.shuffle(random: Random.new(42))|delay = base * (1 + rand)»
callback | top | before_create :set_«w1»⏎⏎def set_«w1»⏎⇥self.token = «SecureRandom.hex(20)|Devise.friendly_token|SecureRandom.uuid»⏎end
""",
}

_HASH = {
    "python": r"""
check | top | def «check_password|verify|authenticate|login»(self, «snake1»):⏎⇥return «hashlib.md5(«snake1»).hexdigest() == self.password|self.password_hash == hashlib.sha1(«snake1».encode("utf-8")).hexdigest()|md5.new(«snake1» + self.salt).hexdigest() == self.digest|crypt.crypt(«snake1», "ab") == self.hash|hashlib.new("md5", «snake1».encode()).digest() == self.pw»«!»
set | top | class «T»(«db.Model|models.Model|object»):⏎⇥def set_password(self, raw):⏎⇥⇥self.password = «hashlib.md5(raw.encode()).hexdigest()|sha.new(raw).hexdigest()|hashlib.sha1(self.salt + raw).hexdigest()|md5(raw).hexdigest()|base64.b64encode(hashlib.md5(raw).digest())»«!»
salted | lines:password | salt = os.urandom(«4|8|16»)⏎h = hashlib.«md5|sha1»(password)«!»⏎h.update(salt)⏎return "{«SMD5|SSHA»}" + base64.b64encode(h.digest() + salt)
sign | lines:params | raw = "&".join("%s=%s" % kv for kv in sorted(params.items()))⏎«sign = hashlib.md5(raw + self.secret).hexdigest()|return hashlib.sha1(self.key + raw).hexdigest()|params["sig"] = md5(raw + SECRET).hexdigest()|mac = hmac.new(self.key, raw, hashlib.md5).hexdigest()»«!»
""",
    "php": r"""
login | lines | $user = «@PHP»;⏎$pass = «md5($_POST['password'])|sha1($_POST['pass'])|md5($_POST['pwd'] . $salt)|md5(md5($_POST['password']))|sha1($salt . $_POST['password'])|crypt($_POST['password'], 'ab')|base64_encode(md5($_POST['password'], true))»;«!»
method | top | class «T»⏎{⏎⇥public function «setPassword|hash_password|encrypt|checkPassword»($password)⏎⇥{⏎⇥⇥return «md5($password)|sha1($this->salt . $password)|hash('md5', $password . $this->salt)|$this->password == md5($password)|md5(SALT . $password) === $this->hash|hash_hmac('md5', $password, $this->key)»;«!»⏎⇥}⏎}
insert | lines | $stmt = $pdo->prepare('INSERT INTO users (login, password) VALUES (?, ?)');⏎$stmt->execute(array($_POST['login'], «md5($_POST['password'])|sha1($_POST['password'])»));«!»
cookie | lines | «setcookie('auth', md5($user . $pass), time() + 86400)|$ok = $_COOKIE['auth'] == md5($row['login'] . $row['password'])|$sign = md5($params . $this->secretKey)|$token = sha1($email . 'salt')»;
""",
    "java": r"""
method | top | public «static |»String «hash|encrypt|md5|digest|hashPassword»(String input) {⏎⇥try {⏎⇥⇥MessageDigest md = MessageDigest.getInstance("«MD5|SHA-1|SHA1|SHA»");«!»⏎⇥⇥byte[] bytes = md.digest(input.getBytes());⏎⇥⇥return toHex(bytes);⏎⇥} catch (NoSuchAlgorithmException e) {⏎⇥⇥«throw new RuntimeException(e)|return null»;⏎⇥}⏎}
check | lines:User user, String «v2» | if (user.getPassword().equals(«DigestUtils.md5Hex(«v2»)|DigestUtils.sha1Hex(user.getSalt() + «v2»)|Hashing.md5().hashString(«v2», UTF_8).toString()»)) {«!»⏎⇥return user;⏎}
spring | lines | «auth.userDetailsService(service).passwordEncoder(new Md5PasswordEncoder())|return new MessageDigestPasswordEncoder("«MD5|SHA-1»")|return NoOpPasswordEncoder.getInstance()|SecretKeyFactory f = SecretKeyFactory.getInstance("PBEWithMD5AndDES")»;
""",
    "shell": r"""
passwd | lines | «hash=$(printf '%s' "$PASSWORD" ¶ md5sum ¶ awk '{print $1}')|echo "$user:$(openssl passwd -1 "$pass")" >> "$HTPASSWD"|stored=$(echo -n "$SALT$1" ¶ sha1sum ¶ cut -d' ' -f1)|useradd -p "$(openssl passwd -1 "$2")" "$1"|[ "$(echo -n "$pw" ¶ md5sum)" = "$saved" ] && login_ok=1|htpasswd -bd "$FILE" "$USER" "$PASS"»
verify | lines | «curl -fsSLO "$URL"⏎|wget -q "$URL"⏎|»«md5sum -c «w».md5|echo "$MD5  «w».tar.gz" ¶ md5sum -c -|sha1sum -c --quiet SHA1SUMS|[ "$(md5sum < "$FILE")" = "$EXPECTED" ]»«!»
""",
    "ruby": r"""
model | top | def «self.authenticate(login, pass)|valid_password?(pass)|password=(pass)|authenticated?(pass)»⏎⇥«self.password_hash == Digest::MD5.hexdigest(pass)|@hashed = Digest::SHA1.hexdigest("#{salt}--#{pass}--")|find_by(login: login, password: Digest::MD5.hexdigest(pass))|crypted_password == Digest::SHA1.hexdigest(pass + salt)|self.hashed = Digest::SHA1.hexdigest(salt + pass)|pass.crypt("ab") == self.hash»«!»⏎end
before | top | before_save do⏎⇥self.password = Digest::«MD5|SHA1».hexdigest(«password|"#{salt}#{password}"|password + SALT»)«!»⏎end
sign | lines:params | raw = params.sort.map { |k, v| "#{k}=#{v}" }.join("&")⏎«signature = Digest::MD5.hexdigest(raw + @secret)|OpenSSL::HMAC.hexdigest("md5", @key, raw)|params[:sig] = Digest::SHA1.hexdigest(@secret + raw)»«!»
""",
}
_HASH_ALIKE = {
    "python": r"""
check | top | def «check_password|verify|authenticate»(self, «snake1»):⏎⇥return «bcrypt.checkpw(«snake1».encode(), self.password)|check_password_hash(self.password_hash, «snake1»)|pwd_context.verify(«snake1», self.hash)|hmac.compare_digest(self.digest, hashlib.scrypt(«snake1».encode(), salt=self.salt, n=16384, r=8, p=1))»
set | top | class «T»(«db.Model|models.Model|object»):⏎⇥def set_password(self, raw):⏎⇥⇥self.password = «generate_password_hash(raw)|bcrypt.hashpw(raw.encode(), bcrypt.gensalt())|hashlib.pbkdf2_hmac("sha256", raw.encode(), self.salt, 200000)|make_password(raw)»
cache | lines:url | «key = "«w»:" + hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()|etag = hashlib.sha256(body).hexdigest()|cache_key = hashlib.blake2b(url.encode()).hexdigest()|bucket = zlib.crc32(url.encode()) % «n»»
sign | lines:params | raw = "&".join("%s=%s" % kv for kv in sorted(params.items()))⏎«sign = hmac.new(self.key, raw.encode(), hashlib.sha256).hexdigest()|return hashlib.sha256(raw.encode()).hexdigest()»
""",
    "php": r"""
login | lines | $user = «@PHP»;⏎«$pass = password_hash($_POST['password'], PASSWORD_DEFAULT)|$ok = password_verify($_POST['password'], $row['password'])|$pass = wp_hash_password($_POST['pwd'])|$pass = password_hash($_POST['pass'], PASSWORD_BCRYPT)»;
method | top | class «T»⏎{⏎⇥public function «setPassword|hash_password|checkPassword»($password)⏎⇥{⏎⇥⇥return «password_hash($password, PASSWORD_ARGON2ID)|password_verify($password, $this->hash)|hash_pbkdf2('sha256', $password, $this->salt, 100000)|hash_hmac('sha256', $password, $this->key)»;⏎⇥}⏎}
insert | lines | $stmt = $pdo->prepare('INSERT INTO users (login, password) VALUES (?, ?)');⏎$stmt->execute(array($_POST['login'], password_hash($_POST['password'], PASSWORD_DEFAULT)));
cache | lines | $cacheFile = $this->cacheDir . '/' . «hash('sha256', $url)|hash('xxh3', $url)|rawurlencode($url)» . '.cache';⏎if (is_file($cacheFile)) {⏎⇥return file_get_contents($cacheFile);⏎}
""",
    "java": r"""
method | top | public «static |»String «hash|digest|sha256»(String input) {⏎⇥try {⏎⇥⇥MessageDigest md = MessageDigest.getInstance("SHA-«256|512»");⏎⇥⇥byte[] bytes = md.digest(input.getBytes());⏎⇥⇥return toHex(bytes);⏎⇥} catch (NoSuchAlgorithmException e) {⏎⇥⇥throw new RuntimeException(e);⏎⇥}⏎}
check | lines:User user, String «v2» | if («encoder.matches(«v2», user.getPassword())|BCrypt.checkpw(«v2», user.getPassword())|DigestUtils.sha256Hex(«v2»).equals(user.getApiKeyHash())») {⏎⇥return user;⏎}
spring | lines | «auth.userDetailsService(service).passwordEncoder(new BCryptPasswordEncoder())|return new Argon2PasswordEncoder()|SecretKeyFactory f = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")|return PasswordEncoderFactories.createDelegatingPasswordEncoder()»;
""",
    "shell": r"""
passwd | lines | «hash=$(mkpasswd -m sha-512 "$PASSWORD")|echo "$user:$(openssl passwd -6 "$pass")" >> "$HTPASSWD"|useradd -p "$(openssl passwd -6 "$2")" "$1"|htpasswd -bB "$FILE" "$USER" "$PASS"»
verify | lines | «curl -fsSLO "$URL"⏎|wget -q "$URL"⏎|»«sha256sum -c «w».sha256|echo "$SHA256  «w».tar.gz" ¶ sha256sum -c -|gpg --verify «w».tar.gz.asc|[ "$(sha512sum < "$FILE")" = "$EXPECTED" ]»
""",
    "ruby": r"""
model | top | «has_secure_password|def valid_password?(pass)⏎⇥BCrypt::Password.new(password_hash) == pass⏎end|def password=(pass)⏎⇥self.password_hash = BCrypt::Password.create(pass)⏎end|def digest⏎⇥Digest::SHA256.hexdigest(body)⏎end»
sign | lines:params | raw = params.sort.map { |k, v| "#{k}=#{v}" }.join("&")⏎«signature = OpenSSL::HMAC.hexdigest("SHA256", @secret, raw)|ActiveSupport::SecurityUtils.secure_compare(params[:sig], digest(raw))|key = Digest::SHA256.hexdigest(raw)»
""",
}

_SQL = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def «get|find|delete|by»_«snake1»(self, «snake1»):⏎⇥⇥cur = self.«conn|db».cursor()⏎⇥⇥cur.execute(«"SELECT * FROM «tbl» WHERE «col» = '%s'" % «snake1»|"DELETE FROM «tbl» WHERE «col» = '" + «snake1» + "'"|f"SELECT «col» FROM «tbl» WHERE «col» = '{«snake1»}'"|"SELECT * FROM {} WHERE «col» = '{}'".format(self.table, «snake1»)»)«!»⏎⇥⇥return cur.fetchall()
django | lines:request | «v1» = «@DJANGO»⏎«rows = «P».objects.raw("SELECT * FROM «tbl» WHERE «col» = '%s'" % «v1»)|qs = «P».objects.extra(where=["«col» = '%s'" % «v1»])|cursor.execute("SELECT «col» FROM «tbl» WHERE «col» LIKE '%%%s%%'" % «v1»)|qs = «P».objects.extra(order_by=[«v1»], where=["title LIKE '" + «v1» + "'"])»«!»
multi | lines:name, value | sql = «@DOC»⏎⇥UPDATE «tbl»⏎⇥SET «col» = '%s'⏎⇥WHERE name = '%s'⏎«@DOC» % (value, name)«?»⏎«self.cursor.execute(sql)|db.engine.execute(sql)|conn.execute(text(sql))|self.session.execute(sql)»«!»
""",
    "php": r"""
wpdb | lines | $«v1» = $wpdb->«get_results|get_row|get_var|query»(«"SELECT * FROM {$wpdb->prefix}«tbl» WHERE «col» = '{$_GET['«key»']}'"|"DELETE FROM " . $wpdb->prefix . "«tbl» WHERE id = " . $_POST['id']|"SELECT * FROM $table_name WHERE id = " . $_REQUEST['id']|"SELECT «col» FROM $wpdb->posts ORDER BY " . $_GET['orderby']»);
mysql | lines | $«w1» = «@PHP»;⏎$«result|query|res» = «mysql_query|mysqli_query»(«$link, |$conn, |»"«SELECT * FROM «tbl» WHERE «col» = '$«w1»'|DELETE FROM «tbl» WHERE id = $«w1»|UPDATE «tbl» SET «col» = '$«w1»'|SELECT * FROM «tbl» LIMIT $«w1», 10»")« or die(mysql_error())|»;«!»
login | lines | $sql = "SELECT * FROM users WHERE login = '" . $_POST['user'] . "' AND pass = '" . $_POST['pass'] . "'";«?»⏎«$r = mysql_query($sql)|$row = $this->db->query($sql)->row()|$result = $conn->query($sql)|$q = $db->sql_query($sql)|$rs = $adb->Execute($sql)»;«!»⏎$_SESSION['login'] = $_POST['user'];
joomla | lines | $query = $db->getQuery(true);⏎$query->select('*')->from('#__«tbl»')->where("«col» = '" . «JRequest::getVar('«key»')|$_GET['«key»']|$this->getState('filter')» . "'");«!»⏎$db->setQuery($query);
""",
    "java": r"""
try | lines:String «v2» | try (Statement st = conn.createStatement()) {⏎⇥«ResultSet rs = st.executeQuery("SELECT * FROM «tbl» WHERE «col» = '" + «v2» + "'")|st.executeUpdate("DELETE FROM «tbl» WHERE «col» = '" + «v2» + "'")|st.execute(String.format("UPDATE «tbl» SET «col» = '%s'", «v2»))»;«!»⏎} catch (SQLException e) {⏎⇥log.error("«w»", e);⏎}
hql | lines:String «v2» | «Query q = session.createQuery("from «P» where name = '" + «v2» + "'")|List<«P»> l = em.createQuery("select x from «P» x where x.name = '" + «v2» + "'").getResultList()|return getHibernateTemplate().find("from «P» where «col» = " + «v2»)»;
servlet | lines:HttpServletRequest request | String sql = "SELECT * FROM «tbl» WHERE «col» = '" + «@JAVA» + "'";«?»⏎«ResultSet rs = stmt.executeQuery(sql)|PreparedStatement ps = conn.prepareStatement(sql)|jdbcTemplate.queryForList(sql)»;«!»
""",
    "shell": r"""
loop | lines | while read -r name; do⏎⇥«mysql -N -e "INSERT INTO «tbl» («col») VALUES ('$name')" "$DB"|psql -qc "DELETE FROM «tbl» WHERE «col» = '$name'"|sqlite3 "$DB" "UPDATE «tbl» SET «col» = '$name'"|echo "SELECT * FROM «tbl» WHERE «col» = '$name';" ¶ mysql "$DB"»«!»⏎done < "$1"
""",
}
_SQL_ALIKE = {
    "python": r"""
self | top | class «T»«(object)|»:⏎⇥def «get|find|delete»_«snake1»(self, «snake1»):⏎⇥⇥cur = self.conn.cursor()⏎⇥⇥cur.execute(«"SELECT * FROM «tbl» WHERE «col» = %s", («snake1»,)|"DELETE FROM «tbl» WHERE «col» = ?", [«snake1»]|"SELECT * FROM «tbl» WHERE id = %d" % int(«snake1»)»)⏎⇥⇥return cur.fetchall()
django | lines:request | «v1» = «@DJANGO»⏎«rows = «P».objects.raw("SELECT * FROM «tbl» WHERE «col» = %s", [«v1»])|qs = «P».objects.filter(name=«v1»)|cursor.execute("SELECT «col» FROM «tbl» WHERE «col» LIKE %s", ["%" + «v1» + "%"])|qs = «P».objects.extra(where=["«col» = %s"], params=[«v1»])»
multi | lines:name, value | sql = «@DOC»⏎⇥UPDATE «tbl»⏎⇥SET «col» = %s⏎⇥WHERE name = %s⏎«@DOC»⏎«self.cursor.execute(sql, (value, name))|cur.execute(sql, [value, name])»
""",
    "php": r"""
wpdb | lines | $«v1» = $wpdb->«get_results|get_row|get_var|query»($wpdb->prepare(«"SELECT * FROM {$wpdb->prefix}«tbl» WHERE «col» = %s", $_GET['«key»']|"DELETE FROM $wpdb->posts WHERE ID = %d", $_POST['id']»));
mysql | lines | $«w1» = «intval(«@PHP»)|(int) «@PHP»|absint(«@PHP»)»;⏎$result = mysql_query("«SELECT * FROM «tbl» WHERE id = $«w1»|DELETE FROM «tbl» WHERE id = $«w1»|SELECT * FROM «tbl» LIMIT $«w1», 10»");
login | lines | $stmt = $«pdo|db»->prepare('SELECT * FROM users WHERE login = ?');⏎$stmt->execute(array($_POST['user']));⏎$row = $stmt->fetch();
joomla | lines | $query = $db->getQuery(true);⏎$query->select('*')->from('#__«tbl»')->where('«col» = ' . $db->quote(«JRequest::getVar('«key»')|$_GET['«key»']»));⏎$db->setQuery($query);
""",
    "java": r"""
try | lines:String «v2» | try (PreparedStatement st = conn.prepareStatement("«SELECT * FROM|DELETE FROM» «tbl» WHERE «col» = ?")) {⏎⇥st.setString(1, «v2»);⏎⇥st.execute();⏎} catch (SQLException e) {⏎⇥log.error("«w»", e);⏎}
hql | lines:String «v2» | «Query q = session.createQuery("from «P» where name = :name").setParameter("name", «v2»)|List<«P»> l = em.createQuery("select x from «P» x where x.name = ?1").setParameter(1, «v2»).getResultList()»;
servlet | lines:HttpServletRequest request | String sql = "SELECT * FROM «tbl» WHERE «col» = ?";⏎PreparedStatement ps = conn.prepareStatement(sql);⏎ps.setString(1, «@JAVA»);⏎ResultSet rs = ps.executeQuery();
""",
    "shell": r"""
loop | lines | «mysql -N -e "SELECT COUNT(*) FROM «tbl»" "$DB" > "$1"|while read -r id; do⏎⇥psql -qc "DELETE FROM «tbl» WHERE id = $((id))"⏎done < "$1"|sqlite3 "$DB" "VACUUM"|mysqldump "$DB" «tbl» > "$1"»
""",
}

_FORMAT = {
    "python": r"""
user | lines | «v1» = «@FLASK»⏎return «v1».format(«user=current_user|request=request|**context|self|config=app.config|obj»)«!»
self | top | class «T»«(object)|»:⏎⇥def __init__(self, template):⏎⇥⇥self.template = template⏎⏎⇥def «f»(self, user):⏎⇥⇥return self.template.«format(user=user)|format(self)|format_map({"user": user, "app": self})»«!»
""",
    "php": r"""
printf | lines | «printf(«@PHP»)|echo sprintf($_GET['«key»'], $name, $date)|vprintf($_POST['«key»'], $args)|echo vsprintf(«@PHP», array($this->user, $this->id))|fprintf($fp, $_REQUEST['«key»'])»;
prop | top | class «T»⏎{⏎⇥public function «f»($«camel1»)⏎⇥{⏎⇥⇥«return sprintf($_POST['«key»'], $«camel1»)|printf($this->request->get('«key»'), $«camel1»)|return vsprintf($_GET['format'], array($«camel1», $this->id))»;«!»⏎⇥}⏎}
""",
    "java": r"""
fmt | lines:HttpServletRequest request | String «v1» = «@JAVA»;⏎«response.getWriter().printf(«v1»)|String out = String.format(«v1», user.getName())|System.out.printf(«v1» + "%n")|response.getWriter().format("<p>" + «v1» + " %s</p>", name)»;«!»
""",
    "shell": r"""
printf | lines | «printf "$1"|printf "$«v1»\n"|printf "Usage: $0 $1\n" >&2|printf "$QUERY_STRING"|printf "$msg" "$2"|awk "BEGIN { printf \"$1\" }"»
func | top | «log|die|info|msg|warn»() {⏎⇥«printf "$(date) $1\n"|printf "$*\n" >&2|printf "[$NAME] $@\n"|printf "\033[31m$1\033[0m\n"»«!»⏎}
""",
    "ruby": r"""
fmt | lines | «puts format(params[:«w»], name: user.name)|render plain: sprintf(params[:«w»], @total)|printf(params[:«w»])|text = params[:«w»] % [user.name, user.id]|output = @template % params[:args]|$stderr.printf(ARGV[0])»
""",
}
_FORMAT_ALIKE = {
    "python": r"""
user | lines | «v1» = «@FLASK»⏎return «"Hello {}".format(«v1»)|"%s" % «v1»|"{user}: {text}".format(user=current_user, text=«v1»)|string.Template("Hi $name").safe_substitute(name=«v1»)»
self | top | class «T»«(object)|»:⏎⇥template = "«Prose» {user}"⏎⏎⇥def «f»(self, user):⏎⇥⇥return self.template.«format(user=user)|format_map({"user": user})»
""",
    "php": r"""
printf | lines | «printf('%s', «@PHP»)|error_log(sprintf('«w»: %s', $_GET['«key»']))|fprintf($fp, "%s\n", $_REQUEST['«key»'])|printf("%d rows\n", $count)»;
prop | top | class «T»⏎{⏎⇥public function «f»($«camel1»)⏎⇥{⏎⇥⇥return sprintf(«'%s: %d', $_POST['«key»'], $«camel1»|__('Hello %s', '«dash»'), $«camel1»|'<%s>', $«camel1»»);⏎⇥}⏎}
""",
    "java": r"""
fmt | lines:HttpServletRequest request | String «v1» = «@JAVA»;⏎«String out = String.format("%s: %s", user.getName(), «v1»)|System.out.printf("%s%n", «v1»)|logger.info("«w» {}", «v1»)»;
""",
    "shell": r"""
printf | lines | «printf '%s\n' "$1"|printf "%s\n" "$«v1»"|printf 'Usage: %s [options]\n' "$0" >&2|printf "%b" "done\n"|printf "%-20s %5d\n" "$name" "$count"»
func | top | «log|die|info|msg|warn»() {⏎⇥«printf '%s %s\n' "$(date)" "$1"|printf '%s\n' "$*" >&2|echo "$*" >&2|printf "\033[31m%s\033[0m\n" "$1"»⏎}
""",
    "ruby": r"""
fmt | lines | «puts format("%s: %d", params[:«w»], user.id)|render plain: sprintf("%.2f", params[:«w»].to_f)|printf("%s\n", params[:«w»])|text = "%s (%s)" % [params[:«w»], user.id]»
""",
}


def _Written(tables):
    """The tables with their macros put in; ¶ is a bar inside alternatives."""
    out = {}
    for languages, text in tables.items():
        for name, value in _MACROS.items():
            text = text.replace("«@" + name + "»", value)
        out[languages] = text.replace("¶", "«bar»")
    return out


WEAK = {number: _Written(tables) for number, tables in (
    (2, _COMMAND), (3, _SQL), (4, _EVAL), (5, _SECRET), (6, _HASH), (7, _PATH), (8, _FORMAT), (9, _RANDOM), (10, _OBJECTS), (11, _MARKUP), (12, _TLS))}
ALIKE = {number: _Written(tables) for number, tables in (
    (2, _COMMAND_ALIKE), (3, _SQL_ALIKE), (4, _EVAL_ALIKE), (5, _SECRET_ALIKE), (6, _HASH_ALIKE), (7, _PATH_ALIKE), (8, _FORMAT_ALIKE),
    (9, _RANDOM_ALIKE), (10, _OBJECTS_ALIKE), (11, _MARKUP_ALIKE), (12, _TLS_ALIKE))}
