# SPDX-License-Identifier: Apache-2.0
"""Command injection: a shell reads a text that holds a value; harmless with an argument list or a fixed text."""
from .family import Family

_TOOLS = "«ls -l|cat|rm -f|tar xzf|ping -c 1|convert|git clone|cp|chmod 644|grep -r «w»|ffmpeg -i|mkdir -p|wget|curl -s|nslookup|" \
         "unzip|rsync -a|mount|docker run|useradd|gzip|du -sh|file|whois|host|zip -r «w».zip|ssh «host»|mail -s «w»|sendmail|" \
         "kill -9|iptables -A INPUT -s|systemctl restart|lp -d|pdftotext|mv «path»/«w»|sed -i s/«w»/«w»/|find «path» -name|traceroute|" \
         "./«w».sh|/usr/bin/«w»|/usr/local/bin/«dash»|«w»|«dash» --«w»|python «w».py|make -C|dig|id|xdg-open|notify-send|«w» -«d»»"
_PAYLOADS = [
    _TOOLS + " «X»", _TOOLS + " «X»", _TOOLS + " '«X»'", _TOOLS + " «X» > «path».log", _TOOLS + " «X» 2>/dev/null",
    _TOOLS + " «path»/«X»", _TOOLS + " «X» | wc -l", "cd «X» && «make|ls|git pull|npm install»", "", "", _TOOLS + " --«dash»=«X»",
    "echo «X» | «w»", "echo '«X»' >> «path»", _TOOLS + " «X» «path»", "«X» --version", "sh -c '«X»'", "bash «X»", "«X» -«d»",
    "(" + _TOOLS + " «X») &", "git log --grep=«X»",
]
_CONSTANTS = ["ls -la «path»", "date +%s", "uname -a", "systemctl restart «w»", "git rev-parse HEAD", "clear", "sync", "make clean",
              "df -h «path»", "cp «path» «path»", "rm -rf «path»/*.tmp", "whoami", "tar cf «w».tar «path»", "pwd", "cls",
              "/usr/bin/«dash» --«dash»", "mkdir -p «path»", "ps aux | grep «w»", "«dash» > /dev/null 2>&1", "killall «w»", "hostname"]

COMMAND = Family(
    2, "command-injection", held_out_language="csharp", param_share=0.42, texts_when_checked=True,
    fits_escaped=lambda text: "'" not in text,
    payloads={"*": _PAYLOADS}, constants={"*": _CONSTANTS}, value_names=tuple(
        "host filename cmd command branch target url path name user file args package directory ip".split()),
    text_names=tuple("cmd command line shell_cmd cmdline args script full_cmd".split()),
    flow_share=0.94,
    sinks={
        "python": """
os.system | expr | os.system⟦«E»⟧
subprocess.call | expr | subprocess.call⟦«E»¦shell=True⟧
subprocess.run | expr | subprocess.run⟦«E»¦shell=True«||¦check=True|¦capture_output=True|¦cwd=«v»»⟧
os.popen | expr | os.popen⟦«E»⟧«||.read()|.readlines()»
check_output | expr | subprocess.check_output⟦«E»¦«|stderr=subprocess.STDOUT¦»shell=True⟧
Popen | expr | subprocess.Popen⟦«E»¦«|stdout=subprocess.PIPE¦|bufsize=-1¦»shell=True⟧
getoutput | expr | «subprocess.getoutput|subprocess.getstatusoutput|commands.getoutput»⟦«E»⟧
check_call | expr | subprocess.check_call⟦«E»¦shell=True⟧
create_subprocess_shell | expr | asyncio.create_subprocess_shell⟦«E»«|¦stdout=PIPE»⟧
exec_command | expr | «ssh|client|self.client».exec_command⟦«E»⟧
system | expr | «system|call|run_shell»⟦«E»«¦shell=True|¦shell=True»⟧
Popen2 | expr | Popen⟦«E»¦shell=True«|¦stdout=PIPE»⟧
pexpect | expr | pexpect.«spawn|run»⟦"/bin/sh"¦["-c", «E»]⟧
shc | expr | subprocess.«run|call|Popen»⟦["«sh|bash|/bin/sh»", "-c", «E»]⟧
fabric | expr | «c|conn|ctx|self.conn».«run|sudo|local»⟦«E»⟧
invoke | expr | invoke.run⟦«E»¦hide=True⟧
""",
        "javascript typescript": """
exec | expr | exec⟦«E»⟧
exec | stmt | exec⟦«E»¦(err, stdout) => «f»(stdout)⟧
child.exec | expr | «child_process|cp|require('child_process')».exec⟦«E»«||¦callback»⟧
execSync | expr | execSync⟦«E»«||¦{ encoding: 'utf8' }|¦{ stdio: 'inherit' }»⟧«||.toString()»
spawnshell | expr | spawn⟦«E»¦«|[]¦»{ shell: true }⟧
child.execSync | expr | «child_process|cp».execSync⟦«E»⟧
execAsync | expr | «execAsync|execPromise|promisify(exec)»⟦«E»⟧
shelljs | expr | «shell|shelljs».exec⟦«E»«||¦{ silent: true }»⟧
spawnsh | expr | «spawn|spawnSync|execFile»⟦'«sh|bash|/bin/sh»'¦['-c', «E»]⟧
execa | expr | «execa.command|execaCommand|execa»⟦«E»¦{ shell: true }⟧
ssh.exec | expr | «conn|ssh|client».exec⟦«E»¦«f»⟧
spawnSyncShell | expr | spawnSync⟦«E»¦{ shell: true«|, cwd: «v»» }⟧
""",
        "php": """
system | expr | system⟦«E»«||¦$ret»⟧
exec | expr | exec⟦«E»«||¦$output|¦$out¦$code»⟧
shell_exec | expr | shell_exec⟦«E»⟧
passthru | stmt | passthru⟦«E»⟧
popen | expr | popen⟦«E»¦'r'⟧
proc_open | expr | proc_open⟦«E»¦$descriptors¦$pipes⟧
process | expr | Process::fromShellCommandline⟦«E»⟧
pcntl | expr | pcntl_exec⟦'/bin/sh'¦['-c', «E»]⟧
expect | expr | ssh2_exec⟦$«v»¦«E»⟧
""",
        "ruby": """
system | expr | system⟦«E»⟧
exec | stmt | exec⟦«E»⟧
popen | expr | IO.popen⟦«E»⟧«||.read»
spawn | expr | «Process.|»spawn⟦«E»⟧
capture | expr | Open3.«capture2|capture3|popen3»⟦«E»⟧
kernel | expr | Kernel.«system|exec»⟦«E»⟧
pty | expr | PTY.spawn⟦«E»⟧
sh | expr | sh⟦«E»⟧
""",
        "perl": """
system | expr | system⟦«E»⟧
exec | stmt | exec⟦«E»⟧
open | expr | open⟦my $«v»¦'-|'¦«E»⟧
qx | lines | my $out = `$«v»`; my $rc = system(«E»);
capture | expr | capture⟦«E»⟧
ipc | expr | IPC::Open3::open3⟦$in¦$out¦$err¦«E»⟧
""",
        "c": """
system | expr | system⟦«E»⟧
system | stmt | system⟦«E»⟧
popen | expr | popen⟦«E»¦"«r|w|re»"⟧
execl | expr | execl⟦"/bin/sh"¦"sh"¦"-c"¦«E»¦«NULL|(char *)NULL|(char *) 0»⟧
execlp | expr | execlp⟦"«sh|bash»"¦"«sh|bash»"¦"-c"¦«E»¦NULL⟧
wordexp | expr | wordexp⟦«E»¦&«v»¦0⟧
g_spawn | expr | g_spawn_command_line_«sync|async»⟦«E»¦NULL«|¦NULL»⟧
_popen | expr | _popen⟦«E»¦"r"⟧
winexec | expr | WinExec⟦«E»¦SW_HIDE⟧
""",
        "cpp": """
system | expr | «system|std::system|::system»⟦«Ec»⟧
popen | expr | «popen|::popen»⟦«Ec»¦"r"⟧
execl | expr | execl⟦"/bin/sh"¦"sh"¦"-c"¦«Ec»¦nullptr⟧
shellexec | expr | ShellExecuteA⟦NULL¦"open"¦"cmd.exe"¦«Ec»¦NULL¦SW_HIDE⟧
uniqueptr | expr | std::unique_ptr<FILE, decltype(&pclose)> «v»(popen⟦«Ec»¦"r"⟧, pclose)
bp.system | expr | bp::system⟦«E»⟧
qprocess | expr | QProcess::execute⟦"/bin/sh"¦{"-c", QString::fromStdString(«E»)}⟧
execlp | expr | execlp⟦"bash"¦"bash"¦"-c"¦«Ec»¦(char *)nullptr⟧
""",
        "go": """
exec.Command | expr | exec.Command⟦"«sh|bash|/bin/sh|/bin/bash»"¦"-c"¦«E»⟧«|.Run()|.Output()|.CombinedOutput()»
exec.Command | expr | exec.Command⟦"«sh|bash»"¦"-c"¦«E»⟧.«Run|Output|Start|CombinedOutput»()
CommandContext | expr | exec.CommandContext⟦ctx¦"«sh|bash|/bin/sh»"¦"-c"¦«E»⟧«|.Output()»
session.Run | expr | «session|sess».«Run|Output|CombinedOutput|Start»⟦«E»⟧
syscall.Exec | expr | syscall.Exec⟦"/bin/sh"¦[]string{"sh", "-c", «E»}¦os.Environ()⟧
cmd.exe | expr | exec.Command⟦"cmd"¦"/C"¦«E»⟧.Run()
StartProcess | expr | os.StartProcess⟦"/bin/sh"¦[]string{"sh", "-c", «E»}¦«v»⟧
""",
        "rust": """
Command.sh | expr | «Command::new|std::process::Command::new»("«sh|bash|/bin/sh»").arg("-c").arg⟦&«E»⟧.«output|status|spawn»()
Command.args | expr | Command::new("«sh|bash»").args⟦["-c", &«E»]⟧.«output|status|spawn»()
tokio | expr | tokio::process::Command::new("sh").arg("-c").arg⟦«E»⟧.output()
libc | expr | unsafe { libc::system(CString::new⟦«E»⟧.unwrap().as_ptr()) }
cmd | expr | Command::new("cmd").args⟦&["/C", &«E»]⟧.output()
duct | expr | duct_sh::sh_dangerous⟦«E»⟧.read()
""",
        "java": """
Runtime.exec | expr | Runtime.getRuntime().exec⟦«E»⟧
Runtime.sh | expr | Runtime.getRuntime().exec⟦new String[] {"«sh|/bin/sh|bash»", "-c", «E»}⟧
ProcessBuilder | expr | new ProcessBuilder⟦"«sh|bash|/bin/sh»"¦"-c"¦«E»⟧.start()
runtime | expr | «rt|runtime».exec⟦«E»⟧
command | expr | «pb|builder|processBuilder».command⟦"«bash|sh»"¦"-c"¦«E»⟧
cmd | expr | new ProcessBuilder⟦"cmd.exe"¦"/c"¦«E»⟧.start()
CommandLine | expr | CommandLine.parse⟦«E»⟧
jsch | stmt | channel.setCommand⟦«E»⟧
""",
        "csharp": """
Process.Start | expr | Process.Start⟦"«cmd.exe|/bin/sh|powershell»"¦«E»⟧
Process.args | expr | Process.Start⟦"cmd.exe"¦"/C " + «E»⟧
Arguments | stmt | «process|p|proc».StartInfo.Arguments = «E»
StartInfo | expr | new ProcessStartInfo⟦"/bin/bash"¦$"-c \\"{«E»}\\""⟧
AddScript | expr | «ps|powershell».AddScript⟦«E»⟧
""",
    },
    bound={
        "python": """
subprocess.call | expr | subprocess.call⟦["«w»", «X»]⟧
subprocess.run | expr | subprocess.run⟦["«w»", "-«w»", «X»]«||¦check=True|¦capture_output=True|¦shell=False»⟧
subprocess.run | expr | subprocess.run⟦["«w»", "--«dash»=" + «X»]¦check=True⟧
check_output | expr | subprocess.check_output⟦["«w»", «X»]¦text=True⟧
Popen | expr | subprocess.Popen⟦["«w»", "--", «X»]¦stdout=subprocess.PIPE⟧
check_call | expr | subprocess.check_call⟦["«w»", "-«w»", str(«X»)]⟧
create_subprocess_exec | expr | asyncio.create_subprocess_exec⟦"«w»"¦«X»⟧
execvp | expr | os.«execvp|execv|spawnvp»⟦"«w»"¦["«w»", «X»]⟧
shlex.split | lines | cmd = ["«w»", "--«w»"]⏎cmd.append(«X»)⏎«subprocess.run(cmd)|subprocess.call(cmd)|subprocess.check_call(cmd, cwd=«v»)»«!»
env | expr | subprocess.run⟦["«w»"]¦env={"«C»": «X»}⟧
stdin | expr | subprocess.run⟦["«w»"]¦input=«X»¦text=True⟧
""",
        "javascript typescript": """
execFile | expr | execFile⟦'«w»'¦['-«w»', «X»]«|¦«f»»⟧
spawn | expr | spawn⟦'«w»'¦[«X»]⟧
spawn | expr | spawn⟦"«w»"¦["--«dash»", «X»]¦{ shell: false }⟧
child.exec | expr | child_process.execFile⟦'«w»'¦[«X»]¦callback⟧
execSync | expr | execFileSync⟦'«w»'¦[«X»]⟧
execa | expr | execa⟦'«w»'¦[«X»]⟧
fork | expr | fork⟦'./«w».js'¦[«X»]⟧
regexexec | expr | /«w»-(\\d+)/.exec⟦«X»⟧
pattern | expr | «camel»Regex.exec⟦«X»⟧
""",
        "php": """
process | expr | new Process⟦['«w»', '-«w»', «X»]⟧
exec | expr | exec⟦'«w» ' . escapeshellarg(«X»)«||¦$output»⟧
shell_exec | expr | shell_exec⟦'«w» --«w» ' . escapeshellarg(«X»)⟧
system | expr | system⟦sprintf('«w» %s', escapeshellarg(«X»))⟧
proc_open | expr | proc_open⟦['«w»', «X»]¦$spec¦$pipes⟧
pdo | expr | $«stmt|pdo|query»->exec⟦⟧
curl | expr | curl_exec⟦$«v»⟧
""",
        "ruby": """
system | expr | system⟦"«w»"¦«X»⟧
system | expr | system⟦"«w»"¦"-«w»"¦«X»¦exception: true⟧
spawn | expr | spawn⟦"«w»"¦«X»⟧
popen | expr | IO.popen⟦["«w»", «X»]⟧
capture | expr | Open3.capture2⟦"«w»"¦«X»⟧
""",
        "perl": """
system | expr | system⟦'«w»'¦'-«w»'¦«X»⟧
exec | stmt | exec⟦{ '«w»' } '«w»'¦«X»⟧
open | expr | open⟦my $«v»¦'-|'¦'«w»'¦«X»⟧
""",
        "c": """
execl | expr | execl⟦"/usr/bin/«w»"¦"«w»"¦«X»¦NULL⟧
execlp | expr | execlp⟦"«w»"¦"«w»"¦"--"¦«X»¦(char *)NULL⟧
execv | lines | char *args[] = { "«w»", "-«w»", «X», NULL };⏎execv«p|»("«w»", args);«!»
posix_spawn | lines | char *argv2[] = { "«w»", «X», NULL };⏎posix_spawn(&pid, "/bin/«w»", NULL, NULL, argv2, environ);«!»
setenv | expr | setenv⟦"«C»"¦«X»¦1⟧
g_spawn | lines | gchar *args[] = { "«w»", «X», NULL };⏎g_spawn_sync(NULL, args, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);«!»
""",
        "cpp": """
bp.system | expr | bp::system⟦bp::search_path("«w»")¦«X»⟧
qprocess | expr | QProcess::execute⟦"«w»"¦{QString::fromStdString(«X»)}⟧
execl | expr | execl⟦"/usr/bin/«w»"¦"«w»"¦«X».c_str()¦nullptr⟧
""",
        "go": """
exec.Command | expr | exec.Command⟦"«w»"¦«X»⟧«|.Run()|.Output()»
exec.Command | expr | exec.Command⟦"«w»"¦"-«w»"¦«X»⟧.«Run|Output|CombinedOutput|Start»()
CommandContext | expr | exec.CommandContext⟦ctx¦"«w»"¦"--"¦«X»⟧
db.Exec | expr | db.Exec⟦"DELETE FROM «tbl» WHERE «col» = $1"¦«X»⟧
""",
        "rust": """
Command.new | expr | Command::new("«w»").arg⟦«X»⟧.«output|status|spawn»()
Command.args | expr | Command::new("«w»").args⟦["-«w»", &«X»]⟧.«output|status|spawn»()
Command.env | expr | Command::new("«w»").env⟦"«C»"¦«X»⟧.spawn()
tokio | expr | tokio::process::Command::new("«w»").arg⟦«X»⟧.output()
""",
        "java": """
ProcessBuilder | expr | new ProcessBuilder⟦"«w»"¦«X»⟧.start()
ProcessBuilder | expr | new ProcessBuilder⟦List.of("«w»", "-«w»", «X»)⟧.start()
Runtime.exec | expr | Runtime.getRuntime().exec⟦new String[] {"«w»", «X»}⟧
command | expr | pb.command⟦"«w»"¦"--«dash»"¦«X»⟧
executor | stmt | «executor|pool».execute⟦() -> «f»(«X»)⟧
""",
        "csharp": """
ArgumentList | stmt | «psi|startInfo».ArgumentList.Add⟦«X»⟧
Execute | expr | command.ExecuteNonQuery⟦⟧
""",
    },
    sanitizers={
        "python": ["shlex.quote(«X»)", "pipes.quote(«X»)", "quote(«X»)"],
        "javascript typescript": ["shellQuote([«X»])", "shellescape([«X»])"],
        "php": ["escapeshellarg(«X»)", "escapeshellarg(basename(«X»))"],
        "ruby": ["Shellwords.escape(«X»)", "«X».shellescape"],
        "perl": ["shell_quote(«X»)", "String::ShellQuote::shell_quote(«X»)"],
        "go": ["shellescape.Quote(«X»)"], "rust": ["shell_escape::escape(«X».into())", "shlex::quote(&«X»)"],
        "c": ["g_shell_quote(«X»)"],
    },
    weak={
        "shell": """
eval | lines | eval "$«1|2|@|*|«v»»"
eval2 | lines | eval "«w» --«dash» $«1|2|v|«v»»"
bashc | lines | «bash|sh|/bin/sh» -c "«w» $«1|2|«v»»"
bashc2 | lines | sh -c "$«1|*|«v»|QUERY_STRING»"
sshc | lines | ssh "$«v»" "«w» $«1|2|«v»»"
sudo | lines | sudo sh -c "echo $«1|«v»» > «path»"
suc | lines | su - «w» -c "«w» $«1|2|«v»»"
xargs | lines | echo "$«1|«v»»" | xargs -I{} sh -c "«w» {}"
evalassign | lines | eval «v»="$«1|2|«v»»"
evalsub | lines | eval $(echo "$«1|QUERY_STRING|«v»»" | tr '&' ' ')
""",
        "perl": """
backtick | expr | `«w» -«w» $«v»`
qx | expr | qx(«w» $«v»)
open2 | lines | open(«FH|my $fh», "«w» $«v» |") or die "«prose»";
open3 | lines | open(PIPE, "| «w» $«v»");
""",
        "php": """
backtick | expr | `«w» $«v»`
backtick2 | expr | `«w» --«w» {$_GET['«key»']}`
""",
        "ruby": """
backtick | expr | `«w» #{«v»}`
backtick2 | expr | `«w» -«w» #{params[:«w»]}`
x | expr | %x(«w» #{«v»})
open | expr | open⟦"| «w» #{«v»}"⟧
""",
    },
    alike={
        "shell": """
eval | lines | eval "$(«ssh-agent -s|direnv hook bash|brew shellenv|dircolors -b|«w» env)»)"
direct | lines | «w» --«dash» "$«1|2|«v»»"
direct2 | lines | "$«v»" "$@"
bashc | lines | «bash|sh» -c "«w» --«dash»"
bashc3 | lines | sh -c '«w» "$1"' _ "$«1|2|«v»»"
sshc | lines | ssh "$«v»" «w»
case | lines | «w»="$1"; «verb»_«w» "$«v»"
exec | lines | exec "$@"
execlp | lines | exec /usr/bin/«w» "$«v»"
sub | lines | «v»=$(«w» "$«v»")
find | lines | find "$«v»" -name '*.«w»' -exec rm {} +
xargs | lines | «w» "$«v»" | xargs -0 «w»
""",
        "python": """
name | expr | execute_«w»(«v», «v»)
method | expr | self.«system|shell|exec_»_«w»(«v»)
platform | expr | platform.system⟦⟧
run | expr | «app|loop|runner|asyncio».run⟦«v»⟧
call | expr | «v».call⟦«v»⟧
log | stmt | logger.info⟦"run «w» %s"¦«v»⟧
which | expr | shutil.which⟦"«w»"⟧
listvar | lines | cmd = ["«w»", "-«w»", "«path»"]⏎«subprocess.check_call(cmd)|subprocess.run(cmd, check=True)»
sysexec | lines | subprocess.check_call([sys.executable, "-m", "«w»"])
shellset | lines | self.shell = True
""",
        "javascript typescript": """
method | expr | «v».exec⟦«v»⟧
mongo | expr | «T».find({ «w»: «v» }).exec⟦⟧
name | expr | execute«P»⟦«v»⟧
run | expr | «runner|task|queue».run⟦«v»⟧
""",
        "go": """
method | expr | «v».Exec⟦⟧
lookpath | expr | exec.LookPath⟦"«w»"⟧
tmpl | expr | tmpl.Execute⟦w¦«v»⟧
""",
        "java": """
method | stmt | «v».execute⟦«v»⟧
submit | expr | executor.submit⟦() -> «v».«f»()⟧
""",
        "c": """
comment | lines | /* system(«v») would «prose» */
struct | lines | struct system_«w» *«v» = «f»_system(«v»);
sysconf | expr | sysconf⟦_SC_«C»⟧
name | expr | «w»_system_«verb»(«v», «v»)
execv | expr | execv⟦argv[0]¦argv⟧
execvp | expr | execvp⟦«v»[0]¦«v»⟧
message | lines | fprintf(stderr, "system(%s) failed\\n", "«w»");
""",
        "cpp": """
name | expr | «v».execute⟦«v»⟧
app.exec | expr | «app|dialog|dlg».exec⟦⟧
run | stmt | «v»->run⟦«v»⟧
""",
        "php": """
name | expr | $this->exec«P»⟦$«v»⟧
curl_exec | expr | curl_exec⟦$ch⟧
stmt | expr | $stmt->execute⟦⟧
""",
        "ruby": """
name | expr | «v».system_«w»⟦«v»⟧
backtick | expr | `git rev-parse HEAD`
x | expr | %x(uname -r)
""",
        "perl": """
backtick | expr | `uname -r`
method | expr | $sth->execute⟦$«v»⟧
""",
    },
)
