# SPDX-License-Identifier: Apache-2.0
"""Buffer overflow: more is written than the destination was made for; harmless where the size bounds the write."""
from .compose import Retry
from .family import Family

_COPIES_UNTIL = ("sscanf", "copyloop", "wcscpy", "sprintf2", "sprintf3", "sprintfoff", "strcpyoff")

def Destination(composer, mode):
    """Binds «D», the buffer written to, and «S», what tells its size."""
    rng, scene, name = composer.rng, composer.scene, composer.language_name
    if name not in ("c", "cpp"):
        return
    if mode == "const" and composer.form[-1] in _COPIES_UNTIL:
        raise Retry  # what they write does not end with the text
    size = scene.Choice(["16", "32", "64", "80", "100", "128", "256", "512", "1024", "BUFSIZ", "PATH_MAX", "MAX_" + scene.Value("C"), "NAME_LEN"])
    if mode == "const":
        size = scene.Choice(["128", "256", "512", "1024", "PATH_MAX"])
    target = scene.Value("v")
    x = rng.random()
    kind = "local" if x < 0.5 or mode == "const" else "field" if x < 0.7 else "param" if x < 0.85 else "heap"
    if kind == "local":
        composer.blocks.append("%schar %s[%s]%s;" % (scene.Choice(["", "", "static "]), target, size, scene.Choice(["", "", " = {0}", ' = ""'])))
        scene.memo["S"] = scene.Choice(["sizeof(%s)", "sizeof(%s)", "sizeof %s"]) % target if rng.random() < 0.8 else size
    elif kind == "field":
        owner = scene.Value("v")
        target = owner + scene.Choice(["->", "->", "."]) + scene.Value("fld")
        if "->" in target:
            composer.own_params = scene.Fill("struct «snake» *") + owner
        scene.memo["S"] = "sizeof(%s)" % target
    elif kind == "param":
        length = scene.Choice([target + "_len", target + "_size", "size", "len", "n", "buflen"])
        composer.own_params = "char *" + target + (", size_t " + length if mode != "weak" or rng.random() < 0.3 else "")
        scene.memo["S"] = length
    else:
        composer.blocks.append("char *%s = %s(%s);" % (target, scene.Choice(["malloc", "malloc", "xmalloc", "g_malloc"]), size))
        scene.memo["S"] = size
    scene.memo["D"] = target


_C_SINKS = """
strcpy | expr | strcpy⟦«D»¦§⟧
strcpy | stmt | strcpy⟦«D»¦§⟧
strcat | stmt | strcat⟦«D»¦§⟧
sprintf | expr | sprintf⟦«D»¦"%s"¦§⟧
sprintf2 | stmt | sprintf⟦«D»¦"«%s/%s|%s: %s|%s.%s|%s%s|«path»/%s/%s.«ext»|<%s> %s\\n|%s=%s;»"¦«v»¦§⟧
memcpy | stmt | memcpy⟦«D»¦§¦strlen(§)«|| + 1»⟧
sprintf1 | stmt | sprintf⟦«D»¦"«/tmp/%s|«w»=%s|%s.«ext»|«prose»: %s\\n|GET /%s HTTP/1.0\\r\\n|%s\\n|[%s]|--«dash»=%s»"¦§⟧
stpcpy | expr | «stpcpy|__builtin_strcpy|lstrcpy|lstrcpyA|StrCpy»⟦«D»¦§⟧
strncpy.src | stmt | strncpy⟦«D»¦§¦strlen(§)«|| + 1»⟧
sprintf3 | stmt | sprintf⟦«D»¦"%s %d %s"¦«v»¦«v»¦§⟧
strncat | stmt | strncat⟦«D»¦§¦«sizeof(«D»)|strlen(§)»⟧
wcscpy | stmt | «wcscpy|wcscat|_tcscpy|_mbscpy»⟦«D»¦§⟧
bcopy | stmt | bcopy⟦§¦«D»¦strlen(§)⟧
sprintfoff | stmt | sprintf⟦«D» + «strlen(«D»)|«v»|n»¦"%s"¦§⟧
memmove | stmt | «memmove|mempcpy|__builtin_memcpy»⟦«D»¦§¦strlen(§) + 1⟧
sscanf | expr | sscanf⟦§¦"«%s|«w» %s|%d %s|%s %d|%[^\\n]|%[^:]:»"¦«D»⟧
copyloop | lines | while ((*«D»++ = *§++));
strcpyoff | stmt | strcpy⟦«D» + «strlen(«D»)|«n»|«v»»¦§⟧
strcpyfield | stmt | strcpy⟦«v»->«fld»¦§⟧
strcpyarr | stmt | strcpy⟦«v»[«v»].«fld»¦§⟧
""".replace("while ((*«D»++ = *§++));", "for («v1» = 0; §[«v1»] != '\\0'; «v1»++)⏎⇥«D»[«v1»] = §[«v1»];«!»")

_C_BOUND = """
snprintf | expr | snprintf⟦«D»¦«S»¦"%s"¦§⟧
snprintf | stmt | snprintf⟦«D»¦«S»¦"«%s/%s|%s: %s|%s.%s»"¦«v»¦§⟧
strlcpy | stmt | «strlcpy|g_strlcpy|strscpy|bsd_strlcpy»⟦«D»¦§¦«S»⟧
strlcat | stmt | «strlcat|g_strlcat»⟦«D»¦§¦«S»⟧
strncpy | stmt | strncpy⟦«D»¦§¦«S» - 1⟧
strncpy | lines | strncpy(«D», §, «S» - 1);«!»⏎«D»[«S» - 1] = '\\0';
strncat | stmt | strncat⟦«D»¦§¦«S» - strlen(«D») - 1⟧
memcpy | stmt | memcpy⟦«D»¦§¦«S»⟧
memcpy | lines | if («v1» > «S»)⏎⇥«v1» = «S»;⏎memcpy(«D», §, «v1»);«!»
memcpy | lines | «v1» = strlen(§);⏎if («v1» >= «S»)⏎⇥return «-1|NULL|-ENAMETOOLONG|-E2BIG|false»;⏎memcpy(«D», §, «v1» + 1);«!»
memcpy.min | stmt | memcpy⟦«D»¦§¦«MIN|min»(«v», «S»)⟧
strcpy | lines | if (strlen(§) «>= «S»|+ 1 > «S»») {⏎⇥«return -1;|errno = ENAMETOOLONG;⏎⇥return -1;|goto err;»⏎}⏎strcpy(«D», §);«!»
strcpy | lines | «v1» = malloc(strlen(§) + 1);⏎if («v1»)⏎⇥strcpy(«v1», §);«!»
strdup | expr | «strdup|xstrdup|g_strdup|strndup»⟦§⟧
sprintf | lines | «v1» = malloc(strlen(§) + «n» + 1);⏎sprintf(«v1», "%s.%d", §, «d»);«?»
fgets | expr | fgets⟦«D»¦«S»¦«stdin|fp|f»⟧
read | expr | «read|recv»⟦«fd, |sock, »«D»¦«S»«| - 1»⟧
sscanf | expr | sscanf⟦§¦"%«15|31|63|9»s"¦«D»⟧
scnprintf | expr | «scnprintf|g_snprintf|snprintf_s»⟦«D»¦«S»¦"%s\\n"¦§⟧
strcpy_s | stmt | strcpy_s⟦«D»¦«S»¦§⟧
memset | stmt | memset⟦«D»¦0¦«S»⟧
asprintf | expr | asprintf⟦&«v»¦"%s/%s"¦«v»¦§⟧
strcmp | expr | «strcmp|strncmp|strstr|strcasecmp»⟦«D»¦§⟧
"""
_C_WEAK = """
gets | lines | char «v1»[«n»];⏎«gets(«v1»);«!»|if (gets(«v1») == NULL)«!»⏎⇥return -1;|while (gets(«v1»))«!»⏎⇥«f»(«v1»);»
scanf | lines | char «v1»[«n»];⏎scanf("«%s|%[^\\n]|%s %d|«w» %s»", «v1»);«!»
fscanf | lines | char «v1»[«n»];⏎«if (fscanf(«fp|f|in», "%s", «v1») != 1)«!»⏎⇥return -1;|fscanf(«fp|f|in», "%s %d", «v1», &«v»);«!»|while (fscanf(«fp|f», "%s", «v1») == 1)«!»⏎⇥«f»(«v1»);»
read.size | lines | char «v1»[«16|32|64|128»];⏎«read(fd, «v1», 1024)|recv(sock, «v1», 4096, 0)|fgets(«v1», 1024, stdin)|fread(«v1», 1, 512, fp)|recv(«v», «v1», sizeof(«v1») * 2, 0)|memcpy(«v1», «v2», 256)|snprintf(«v1», 512, "%s", «v2»)|strncpy(«v1», «v2», 256)|memset(«v1», 0, 256)|read(«v», «v1», BUFSIZ)»;«!»
memcpy.len | lines:const uint8_t *«v2», size_t «v3» | «uint8_t|char|unsigned char» «v1»[«16|32|64|128|256»];⏎memcpy(«v1», «v2», «v3»);«!»
memcpy.hdr | lines:const struct «snake»_hdr *«v2» | char «v1»[«64|128|256»];⏎memcpy(«v1», «v2»->data, «ntohs(«v2»->len)|ntohl(«v2»->length)|«v2»->len|«v2»->size»);«!»
index.in | lines | int «v1» = atoi(«argv[1]|getenv("«C»")|«v2»»);⏎«v3»[«v1»] = «n»;«!»
off.by | lines | char «v1»[«n1»];⏎for (int «v2» = 0; «v2» <= «n1»; «v2»++)⏎⇥«v1»[«v2»] = «0|'\\0'|«v3»[«v2»]»;«!»
nul.after | lines | char «v1»[«n»];⏎ssize_t «v2» = «read(fd, «v1», sizeof(«v1»))|recv(sock, «v1», sizeof(«v1»), 0)»;⏎«v1»[«v2»] = '\\0';«!»
copy.loop | lines:char *«v1», const char *«v2» | while («(*«v1»++ = *«v2»++)|*«v2») *«v1»++ = *«v2»++»«|| != '\\0'»)⏎⇥;«!»
argv | lines:int argc, char «**argv|*argv[]» | char «v1»[«n»];⏎«strcpy(«v1», argv[1])|sprintf(«v1», "%s", argv[1])|strcat(«v1», argv[1])|memcpy(«v1», argv[1], strlen(argv[1]))»;«!»
env | lines | char «v1»[«n»];⏎«strcpy(«v1», getenv("«C»"))|sprintf(«v1», "%s/.«w»", getenv("HOME"))|strcat(«v1», getenv("«C»"))»;«!»
mallocshort | lines:const char *«v2» | char *«v1» = malloc(strlen(«v2»));⏎strcpy(«v1», «v2»);«!»
realpath | lines | char «v1»[«64|100|128»];⏎«realpath(«v2», «v1»)|getwd(«v1»)|readlink(«v2», «v1», PATH_MAX)»;«!»
vsprintf | lines | va_start(ap, fmt);⏎vsprintf(«v1», fmt, ap);«!»⏎va_end(ap);
packet | lines:const uint8_t *«v1», size_t len | uint16_t «v2» = («v1»[0] << 8) | «v1»[1];⏎memcpy(«v3»->«fld», «v1» + 2, «v2»);«!»
strcat.loop | lines | for («v1» = 0; «v1» < argc; «v1»++)⏎⇥strcat(«v2», argv[«v1»]);«!»
""".replace("while («(*«v1»++ = *«v2»++)|*«v2») *«v1»++ = *«v2»++»«|| != '\\0'»)⏎⇥;«!»", "while ((*«v1»++ = *«v2»++)«|| != '\\0'»)«!»⏎⇥;")
_C_ALIKE = """
fgets | lines | char «v1»[«n»];⏎«if (fgets(«v1», sizeof(«v1»), stdin) == NULL)⏎⇥return -1;|while (fgets(«v1», sizeof(«v1»), fp)) {⏎⇥«f»(«v1»);⏎}|fgets(«v1», sizeof(«v1»), fp);»
scanf | lines | char «v1»[«64|128|256»];⏎scanf("%«63|31»s", «v1»);
scanf.int | lines | if («scanf|fscanf»(«|fp, »"%d", &«v») != 1)⏎⇥return -1;
sprintf | lines | char «v1»[«32|64|16»];⏎«sprintf(«v1», "%d", «v2»)|sprintf(«v1», "%02x:%02x", «v2»[0], «v2»[1])|sprintf(«v1», "%u.%u", «v2», «v3»)|sprintf(«v1», "%c", «v2»)|sprintf(«v1», "0x%08x", «v2»)|sprintf(«v1», "%ld", (long)«v2»)»;
strcpy | lines | char «v1»[«32|64|16»];⏎«strcpy(«v1», "«w»")|strcpy(«v1», "")|strcat(«v1», "\\n")|strcpy(«v1», "/tmp/«w»")»;
memcpy | stmt | memcpy⟦&«v1»¦«v2»¦sizeof(«v1»)⟧
memcpy | stmt | memcpy⟦«v1»¦«v2»¦sizeof(*«v1»)⟧
memcpy | stmt | memcpy⟦«v1»->«w1»¦«v2»->«w1»¦sizeof(«v1»->«w1»)⟧
memcpy.eth | stmt | memcpy⟦«v»->«mac|addr|uuid|key|id»¦«v»¦«ETH_ALEN|UUID_LEN|16|6|SHA256_DIGEST_LENGTH|IFNAMSIZ»⟧
memcpy.alloc | lines:const void *«v2», size_t «v3» | void *«v1» = malloc(«v3»);⏎if (!«v1»)⏎⇥return NULL;⏎memcpy(«v1», «v2», «v3»);
memcpy.check | lines:const uint8_t *«v2», size_t «v3» | «uint8_t|char» «v1»[«n»];⏎if («v3» > sizeof(«v1»))⏎⇥return -1;⏎memcpy(«v1», «v2», «v3»);
memmove | stmt | memmove⟦«v1»¦«v1» + 1¦(«v2» - 1) * sizeof(*«v1»)⟧
read.size | lines | char «v1»[«n»];⏎«v2» = «read(fd, «v1», sizeof(«v1»))|recv(sock, «v1», sizeof(«v1») - 1, 0)|fread(«v1», 1, sizeof(«v1»), fp)»;
nul.after | lines | ssize_t «v2» = read(fd, «v1», sizeof(«v1») - 1);⏎if («v2» < 0)⏎⇥return -1;⏎«v1»[«v2»] = '\\0';
index.in | lines | int «v1» = atoi(argv[1]);⏎if («v1» < 0 || «v1» >= «n»)⏎⇥return 1;⏎«v3»[«v1»] = «n»;
off.by | lines | for (int «v2» = 0; «v2» < «n»; «v2»++)⏎⇥«v1»[«v2»] = 0;
vsprintf | lines | va_start(ap, fmt);⏎vsnprintf(«v1», sizeof(«v1»), fmt, ap);⏎va_end(ap);
comment | lines | /* «strcpy|gets|sprintf» is «fine|enough|not used» here: «prose» */
getline | expr | getline⟦&«v»¦&«v»¦«stdin|fp»⟧
strtok | expr | strtok⟦«v»¦" \\t"⟧
str_copy | stmt | «strbuf_addstr|g_string_append|sdscat|evbuffer_add|buf_append|str_append»⟦«v»¦«v»⟧
sizemacro | stmt | snprintf⟦«v1»¦sizeof «v1»¦"%d"¦«v»⟧
copystruct | lines | *«v» = *«v»;
memcpyn | stmt | memcpy⟦«v»¦«v»¦«v» * sizeof(«int|double|uint32_t|*«v»»)⟧«?»
"""

BUFFER = Family(
    1, "buffer-overflow", held_out_language="rust", casts=False, guards=False, literals=False, param_share=0.6, value_names=tuple(
        "src name str input text line path msg host arg data user".split()),
    text_names=tuple("buf tmp name path".split()),
    flow_share=0.7,
    tags=frozenset(("cli", "env", "io", "data", "field", "web")), prepare=Destination,
    payloads={"*": [""]}, constants={"*": ["«w»", "/tmp/«w»", "«w».«ext»", "", "«prose»", "\\n"]},
    sinks={"c": _C_SINKS.replace("§", "«E»"), "cpp": _C_SINKS.replace("§", "«Ec»")},
    bound={"c": _C_BOUND.replace("§", "«X»"), "cpp": _C_BOUND.replace("§", "«X».c_str()")},
    weak={
        "c": _C_WEAK,
        "cpp": _C_WEAK + """
cin | lines | char «v1»[«n»];⏎std::cin >> «v1»;«!»
std.copy | lines:const std::vector<«char|uint8_t»> &«v2» | «char|uint8_t» «v1»[«n»];⏎std::copy(«v2».begin(), «v2».end(), «v1»);«!»
string.copy | lines:const std::string &«v2» | char «v1»[«n»];⏎«strcpy(«v1», «v2».c_str())|std::strcpy(«v1», «v2».data())|memcpy(«v1», «v2».data(), «v2».size())|«v2».copy(«v1», «v2».size())|sprintf(«v1», "%s", «v2».c_str())»;«!»
copy_n | lines:const uint8_t *«v2», size_t «v3» | std::array<uint8_t, «n»> «v1»;⏎std::«copy_n(«v2», «v3», «v1».begin())|memcpy(«v1».data(), «v2», «v3»)»;«!»
ifstream | lines | char «v1»[«64|128»];⏎«file|in|stream».read(«v1», «1024|length|4096»);«!»
newshort | lines:const std::string &«v2» | char *«v1» = new char[«v2».length()];⏎strcpy(«v1», «v2».c_str());«!»
std.array | lines:size_t «v2» | std::array<int, «n»> «v1»;⏎«v1»[«v2»] = «n»;«?»⏎memcpy(«v1».data(), «v3», «v2» * sizeof(int));«!»
""",
        "rust": """
copy_nonoverlapping | lines:src: *const u8, len: usize | let mut «v1» = [0u8; «n»];⏎unsafe { «std::|»ptr::copy_nonoverlapping(src, «v1».as_mut_ptr(), len) };«!»
get_unchecked | lines:«v1»: usize | unsafe { *«v2».get_unchecked_mut(«v1») = «v3» };«!»
set_len | lines | unsafe { «v1».set_len(«v2») };«!»
ptr.write | lines:offset: usize | unsafe { «v1».as_mut_ptr().add(offset).write(«v2») };«!»
strcpy | lines | unsafe { libc::strcpy(«v1».as_mut_ptr(), «v2».as_ptr()) };«!»
""",
        "go": """
C.strcpy | stmt | C.«strcpy|strcat|sprintf»⟦(*C.char)(unsafe.Pointer(&«v»[0]))¦C.CString(«v»)⟧
C.memcpy | stmt | C.memcpy⟦unsafe.Pointer(&«v1»[0])¦unsafe.Pointer(«v2»)¦C.size_t(«v3»)⟧
slice | lines | «v1» := (*[1 << 20]byte)(unsafe.Pointer(«v2»))[:«v3»]«!»
unsafeptr | lines | *(*byte)(unsafe.Pointer(uintptr(unsafe.Pointer(&«v1»[0])) + uintptr(«v2»))) = «v3»«!»
""",
        "python": """
memmove | lines | «v1» = ctypes.create_string_buffer(«n»)⏎ctypes.memmove(«v1», «v2», len(«v2»))«!»
strcpy | stmt | «libc|lib».«strcpy|strcat|gets»⟦«v»¦«v»⟧
from_buffer | lines | «v1» = (ctypes.c_char * «n»)()⏎libc.memcpy(«v1», «v2», len(«v2»))«!»
""",
        "csharp": """
MemoryCopy | lines:byte* src, int len | byte* «v1» = stackalloc byte[«n»];⏎Buffer.MemoryCopy(src, «v1», len, len);«!»
unsafe | lines:byte* src, int len | fixed (byte* «v1» = «v2»)⏎{⏎⇥for (int i = 0; i < len; i++) «v1»[i] = src[i];«!»⏎}
strcpy | lines | Marshal.Copy(«v1», 0, «v2», «v1».Length);«!»
""",
    },
    alike={
        "c": _C_ALIKE,
        "cpp": _C_ALIKE + """
cin | lines | std::string «v1»;⏎std::cin >> «v1»;
getline | lines | std::string «v1»;⏎std::getline(«std::cin|in», «v1»);
std.copy | expr | std::copy⟦«v1».begin()¦«v1».end()¦std::back_inserter(«v2»)⟧
string.assign | stmt | «v».assign⟦«v»¦«v»⟧
std.at | lines | «v».at(«v») = «n»;
setw | lines | char «v1»[«n1»];⏎std::cin >> std::setw(«n1») >> «v1»;
vector | lines | std::vector<char> «v1»(«v2».size() + 1);⏎std::memcpy(«v1».data(), «v2».c_str(), «v2».size() + 1);
""",
        "rust": """
copy_from_slice | lines | if «v2».len() <= «v1».len() {⏎⇥«v1»[..«v2».len()].copy_from_slice(&«v2»);⏎}
get | expr | «v».get⟦«v»⟧
extend | stmt | «v».extend_from_slice⟦&«v»⟧
set_len | stmt | «v».truncate⟦«v»⟧
""",
        "go": """
copy | expr | copy⟦«v»[:]¦«v»⟧
append | lines | «v1» = append(«v1», «v2»...)
C.free | stmt | C.free⟦unsafe.Pointer(«v»)⟧
C.strcpy | stmt | C.strlcpy⟦«v»¦«v»¦C.size_t(len(«v»))⟧
""",
        "python": """
memmove | lines | «v1» = ctypes.create_string_buffer(len(«v2»))⏎ctypes.memmove(«v1», «v2», len(«v2»))
bytearray | lines | «v1» = bytearray(«n»)⏎«v1»[:len(«v2»)] = «v2»
buffer | expr | ctypes.create_string_buffer⟦«v»¦«n»⟧
""",
        "csharp": """
MemoryCopy | stmt | Buffer.BlockCopy⟦«v1»¦0¦«v2»¦0¦Math.Min(«v1».Length, «v2».Length)⟧
CopyTo | stmt | «v».CopyTo⟦«v»¦0⟧
""",
    },
)
