# SPDX-License-Identifier: Apache-2.0
"""Format string: a value is the format; harmless where the format is fixed and the value an argument."""
from .family import Family

_FORMATS = ["«prose»\\n", "«prose»", "%s\\n", "«w»: %d\\n", "%s: %s\\n", "usage: %s <«w»>\\n", "«w»=%s\\n", "[%s] %d\\n", "%-20s %5d\\n", "%p\\n"]

FORMAT = Family(
    8, "format-string", held_out_language="perl", casts=False, guards=False, literals=False, param_share=0.5, value_names=tuple(
        "msg message fmt text line name str error reason buf".split()),
    text_names=tuple("fmt format msg text buf".split()),
    flow_share=0.85,
    payloads={"*": [""]}, constants={"*": ["«prose»\\n", "«prose»", "\\n", "«w» «w»\\n", "%%\\n"],
                                     "go": ["«prose»", "«prose»\\n"], "python": ["«prose» %s", "{} «w»"]},
    sinks={
        "c": """
printf | expr | printf⟦«E»⟧
printf | stmt | printf⟦«E»⟧
fprintf | expr | fprintf⟦«stderr|stdout|fp|log_file|out|ctx->log»¦«E»⟧
syslog | stmt | syslog⟦LOG_«ERR|INFO|WARNING|NOTICE|DEBUG»¦«E»⟧
snprintf | expr | snprintf⟦«v1»¦sizeof(«v1»)¦«E»⟧
sprintf.fmt | lines | snprintf(«v», «n», «E»);
err | stmt | «err|errx»⟦«1|EXIT_FAILURE»¦«E»⟧
warn | stmt | «warn|warnx»⟦«E»⟧
dprintf | expr | dprintf⟦«fd|sock|STDERR_FILENO»¦«E»⟧
asprintf | expr | asprintf⟦&«v»¦«E»⟧
error | stmt | error⟦0¦errno¦«E»⟧
log | stmt | «log_msg|log_error|log_info|debug_printf|log_printf|LOG_ERR»⟦«E»⟧
setproctitle | stmt | setproctitle⟦«E»⟧
g_print | stmt | «g_print|g_printerr|g_warning|g_message|g_debug»⟦«E»⟧
printk | expr | printk⟦«E»⟧
wprintw | expr | «printw|wprintw(win,|mvprintw(0, 0,»⟦«E»⟧
fprintf2 | lines | fprintf(«v»->«out|err|fp», «E»);
g_strdup_printf | expr | g_strdup_printf⟦«E»⟧
""".replace("«printw|wprintw(win,|mvprintw(0, 0,»⟦«E»⟧", "printw⟦«E»⟧"),
        "cpp": """
printf | expr | «printf|std::printf»⟦«Ec»⟧
fprintf | expr | «fprintf|std::fprintf»⟦«stderr|stdout|log_»¦«Ec»⟧
syslog | stmt | syslog⟦LOG_«ERR|INFO|WARNING»¦«Ec»⟧
snprintf | expr | «snprintf|std::snprintf»⟦«v1»¦sizeof(«v1»)¦«Ec»⟧
format | expr | boost::format⟦«E»⟧
asprintf | expr | QString::asprintf⟦«Ec»⟧
vformat | expr | «fmt::vformat|std::vformat»⟦«E»¦std::make_format_args(«v»)⟧
spdlog | stmt | spdlog::«info|error|warn»⟦fmt::runtime(«E»)⟧
qdebug | stmt | «qDebug|qWarning»⟦«Ec»⟧
log | stmt | «Log|LogMessage|log_printf|TRACE»⟦«Ec»⟧
""",
        "python": """
format | expr | «E».format⟦«self|user|obj|request|«v»=«v»»⟧
format_map | expr | «E».format_map⟦«vars(self)|«v»»⟧
str.format | expr | str.format⟦«E»¦«v»⟧
percent | expr | «E» % vars(self)
vformat | expr | string.Formatter().vformat⟦«E»¦()¦«v»⟧
strftime2 | expr | («E»).format⟦**«v»⟧
""",
        "go": """
Printf | expr | fmt.Printf⟦«E»⟧
Fprintf | expr | fmt.Fprintf⟦«w|os.Stderr|os.Stdout»¦«E»⟧
log.Printf | stmt | log.Printf⟦«E»⟧
Errorf | expr | fmt.Errorf⟦«E»⟧
Sprintf | expr | fmt.Sprintf⟦«E»⟧
log.Fatalf | stmt | log.«Fatalf|Panicf»⟦«E»⟧
logger | stmt | «logger|log|s.log».«Infof|Errorf|Debugf|Warnf»⟦«E»⟧
""",
        "php": """
printf | stmt | printf⟦«E»⟧
sprintf | expr | sprintf⟦«E»¦$«v»⟧
vprintf | expr | vsprintf⟦«E»¦$«v»⟧
fprintf | expr | fprintf⟦STDERR¦«E»⟧
syslog | stmt | printf⟦«E»¦$«v»¦$«v»⟧
""",
        "perl": """
printf | stmt | printf⟦«E»⟧
sprintf | expr | sprintf⟦«E»¦$«v»⟧
printf.fh | stmt | printf STDERR «E»
syslog | stmt | syslog⟦'«info|err»'¦«E»⟧
""",
        "ruby": """
printf | stmt | printf⟦«E»⟧
format | expr | format⟦«E»¦«v»⟧
sprintf | expr | sprintf⟦«E»¦«v»⟧
percent | expr | «E» % [«v», «v»]
""",
        "java": """
format | expr | String.format⟦«E»¦«v»⟧
printf | expr | System.out.printf⟦«E»⟧
formatter | expr | formatter.format⟦«E»⟧
err.printf | expr | System.err.«printf|format»⟦«E»⟧
MessageFormat | expr | MessageFormat.format⟦«E»¦«v»⟧
formatted | expr | «E».formatted⟦«v»⟧
""",
        "csharp": """
Format | expr | string.Format⟦«E»¦«v»⟧
AppendFormat | expr | «v».AppendFormat⟦«E»¦«v»⟧
WriteLine | stmt | Console.WriteLine⟦«E»¦«v»⟧
""",
    },
    bound={
        "c": """
printf | expr | printf⟦"%s\\n"¦«X»⟧
printf | stmt | printf⟦"«w»: %s\\n"¦«X»⟧
printf | stmt | printf⟦"%s"¦«X»⟧
fprintf | expr | fprintf⟦stderr¦"%s: %s\\n"¦«v»¦«X»⟧
fprintf | stmt | fprintf⟦«fp|stdout|out»¦"%s"¦«X»⟧
syslog | stmt | syslog⟦LOG_«ERR|INFO|WARNING»¦"%s"¦«X»⟧
syslog | stmt | syslog⟦LOG_ERR¦"«prose» %s"¦«X»⟧
snprintf | expr | snprintf⟦«v1»¦sizeof(«v1»)¦"«w»=%s"¦«X»⟧
err | stmt | err⟦1¦"%s"¦«X»⟧
warn | stmt | «warn|warnx»⟦"«prose»: %s"¦«X»⟧
dprintf | expr | dprintf⟦fd¦"%s\\n"¦«X»⟧
asprintf | expr | asprintf⟦&«v»¦"%s/%s"¦«v»¦«X»⟧
log | stmt | «log_msg|log_error|die|«w»_log|fatal»⟦"«prose»: %s"¦«X»⟧
error | stmt | error⟦0¦errno¦"%s"¦«X»⟧
g_print | stmt | «g_print|g_warning|g_debug»⟦"%s\\n"¦«X»⟧
puts | expr | puts⟦«X»⟧
fputs | expr | fputs⟦«X»¦«stdout|stderr|fp»⟧
perror | stmt | perror⟦«X»⟧
write | expr | write⟦1¦«X»¦strlen(«X»)⟧
gettext | stmt | printf⟦_("«prose»: %s\\n")¦«X»⟧
""",
        "cpp": """
printf | expr | printf⟦"%s\\n"¦«X».c_str()⟧
fprintf | expr | fprintf⟦stderr¦"«w»: %s\\n"¦«X».c_str()⟧
syslog | stmt | syslog⟦LOG_ERR¦"%s"¦«X».c_str()⟧
cout | stmt | std::cout << «X» << «std::endl|'\\n'»
cerr | stmt | std::cerr << "«prose»: " << «X» << '\\n'
snprintf | expr | snprintf⟦«v1»¦sizeof(«v1»)¦"%s"¦«X».c_str()⟧
spdlog | stmt | spdlog::info⟦"«w» {}"¦«X»⟧
fmt | stmt | fmt::print⟦"{}\\n"¦«X»⟧
fputs | expr | std::fputs⟦«X».c_str()¦stderr⟧
""",
        "python": """
format | expr | "«prose» {}".format⟦«X»⟧
percent | expr | "«w» %s" % «X»
fstring | lines | «v» = f"«w» {«X»}"
logging | stmt | logger.«info|warning|error»⟦"«prose» %s"¦«X»⟧
print | stmt | print⟦«X»⟧
strftime | expr | «v».strftime⟦"%Y-%m-%d"⟧
format_map | expr | "«w» {«w1»}".format⟦«w1»=«X»⟧
""",
        "go": """
Printf | expr | fmt.Printf⟦"%s\\n"¦«X»⟧
Fprintf | expr | fmt.Fprintf⟦w¦"«w»: %s"¦«X»⟧
log.Printf | stmt | log.Printf⟦"«prose» %q"¦«X»⟧
Errorf | expr | fmt.Errorf⟦"«prose» %q"¦«X»⟧
Println | expr | fmt.Println⟦«X»⟧
Fprint | expr | fmt.Fprint⟦w¦«X»⟧
log.Print | stmt | log.«Print|Println»⟦«X»⟧
logger | stmt | logger.Infof⟦"«w» %s"¦«X»⟧
""",
        "php": """
printf | stmt | printf⟦'%s'¦htmlspecialchars(«X»)⟧
sprintf | expr | sprintf⟦'«prose» %s'¦«X»⟧
error_log | stmt | error_log⟦«X»⟧
number | expr | number_format⟦(float) «X»⟧
""",
        "perl": """
printf | stmt | printf⟦'%s'¦«X»⟧
sprintf | expr | sprintf⟦'%-20s'¦«X»⟧
print | stmt | print⟦«X»⟧
syslog | stmt | syslog⟦'info'¦'%s'¦«X»⟧
""",
        "ruby": """
printf | stmt | printf⟦"%s\\n"¦«X»⟧
format | expr | format⟦"%05d"¦«X».to_i⟧
puts | stmt | puts⟦«X»⟧
percent | expr | "«w» %s" % [«X»]
""",
        "java": """
format | expr | String.format⟦"«prose» %s"¦«X»⟧
printf | expr | System.out.printf⟦"%s%n"¦«X»⟧
println | stmt | System.out.println⟦«X»⟧
MessageFormat | expr | MessageFormat.format⟦"«w» {0}"¦«X»⟧
log | stmt | log.info⟦"«prose» {}"¦«X»⟧
""",
        "csharp": """
Format | expr | string.Format⟦"«w» {0}"¦«X»⟧
WriteLine | stmt | Console.WriteLine⟦«X»⟧
AppendFormat | expr | «v».AppendFormat⟦"{0:N2}"¦«X»⟧
""",
    },
    weak={
        "c": """
fgets.printf | lines | char «v1»[«n»];⏎«fgets(«v1», sizeof(«v1»), stdin)|read(fd, «v1», sizeof(«v1») - 1)|recv(sock, «v1», sizeof(«v1») - 1, 0)»;⏎printf(«v1»);«!»
argvloop | lines | for (int «v1» = 1; «v1» < argc; «v1»++)⏎⇥printf(argv[«v1»]);«!»
built | lines | char «v1»[«n»];⏎snprintf(«v1», sizeof(«v1»), "«prose»: %s", «v»);⏎«printf(«v1»);|fprintf(stderr, «v1»);|syslog(LOG_INFO, «v1»);»«!»
strerror | lines | fprintf(stderr, «v»->«message|text|errmsg»);«!»
fprintf.nl | lines | fprintf(stderr, «v1»);«!»⏎fputc('\\n', stderr);
""",
    },
    alike={
        "c": """
literal | stmt | printf⟦"«prose»\\n"⟧
usage | lines | fprintf(stderr, "usage: %s [-«d»] «w»\\n", «argv[0]|progname|prog»);
number | stmt | printf⟦"%d %lu\\n"¦«v»¦(unsigned long)«v»⟧
wrapper | lines | va_start(ap, fmt);⏎«vfprintf(stderr, fmt, ap)|vsnprintf(buf, sizeof(buf), fmt, ap)|vprintf(fmt, ap)»;⏎va_end(ap);
fixed | lines | static const char «v1»[] = "%s: «w»\\n";⏎printf(«v1», «v»);
gettext | stmt | printf⟦_("«Prose».\\n")⟧
macro | stmt | printf⟦"%" PRIu64 "\\n"¦«v»⟧
concat | stmt | fprintf⟦stderr¦"«prose» "⏎⇥"«prose»\\n"⟧
attr | lines | void «f»(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
version | stmt | printf⟦"%s %s\\n"¦PACKAGE_NAME¦VERSION⟧
ngettext | stmt | printf⟦ngettext("%d «w»\\n", "%d «w»s\\n", «v1»)¦«v1»⟧
strerror | lines | fprintf(stderr, "%s: %s\\n", «v», strerror(errno));
cond | stmt | printf⟦«v» ? "%s, " : "%s\\n"¦«v»⟧
""",
        "python": """
format.const | expr | «C»_TEMPLATE.format⟦«v»⟧
dict | expr | "%(«w1»)s" % {"«w1»": «v»}
date | expr | format⟦«v»¦".2f"⟧
""",
        "cpp": """
literal | stmt | printf⟦"«prose»\\n"⟧
number | stmt | std::printf⟦"%zu\\n"¦«v».size()⟧
""",
        "go": """
literal | stmt | fmt.Printf⟦"«prose»\\n"⟧
""",
        "rust": """
format | expr | format!⟦"{}"¦«v»⟧
println | stmt | println!⟦"«prose»: {:?}"¦«v»⟧
write | expr | write!⟦f¦"{}"¦self.«fld»⟧
""",
    },
)
