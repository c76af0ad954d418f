# SPDX-License-Identifier: Apache-2.0
"""Writes past the end of memory with a length taken from the data, and formats that come from outside, by many languages' own calls
and idioms, each with a harmless twin of the same shape. Training only; rows as in natural.py."""
from .servers import _Written

# ---- buffer overflow
_BUFFER = {"c": r"""tlv | lines:const uint8_t *p, const uint8_t *end, struct «snake» *«v1» | while (p + 2 <= end) {⏎⇥uint8_t type = p[0], len = p[1];⏎⇥if (type == «C»_«NAME|SSID|HOST»)⏎⇥⇥«memcpy|memmove»(«v1»->«name|ssid|host», p + 2, len);«!»⏎⇥p += 2 + len;⏎}
ioctl | top | static «long|int» «snake1»_«write|ioctl|set»(const char __user *ubuf, size_t count)⏎{⏎⇥char §buf§[«32|64|128»];⏎⏎⇥if (copy_from_user(§buf§, ubuf, count))«!»⏎⇥⇥return -EFAULT;⏎⇥return «snake1»_parse(§buf§);⏎}
rle | lines:FILE *fp, unsigned char *«v1», int width | int n, c, x = 0;⏎while (x < width) {⏎⇥n = fgetc(fp);⏎⇥c = fgetc(fp);⏎⇥while (n-- > 0)⏎⇥⇥«v1»[x++] = c;«!»⏎}
urldec | lines:const char *src | char §buf§[«64|128|256»], *d = §buf§;⏎for (; *src; src++) {⏎⇥if (*src == '%') {⏎⇥⇥«*d++ = unhex(src + 1)|*d++ = hexval(src[1]) << 4 «bar» hexval(src[2])»;«!»⏎⇥⇥src += 2;⏎⇥} else if (*src != '+') {⏎⇥⇥*d++ = *src;«?»⏎⇥}⏎}
bcopyhdr | lines:struct mbuf *m, struct «snake» *«v1» | struct «snake1»_hdr *h = mtod(m, struct «snake1»_hdr *);⏎bcopy(h + 1, «v1»->«fld», «ntohs(h->len)|h->namelen|ntohl(h->size)»);«!»
recvfrom | lines:int s | char §buf§[«64|128|512»];⏎struct sockaddr_in from;⏎socklen_t fl = sizeof(from);⏎int n = recvfrom(s, §buf§, «1024|1500|4096|MAX_DGRAM», 0, (struct sockaddr *)&from, &fl);«!»
ptrcopy | lines:char *dst, const char *«v2» | while (*«v2» «!= '\0' && *«v2» != '\n'|&& *«v2» != delim»)⏎⇥*dst++ = *«v2»++;«!»⏎*dst = '\0';
atoi | lines:int argc, char **argv | int «v1»[«16|32|100»] = {0};⏎int i;⏎⏎for (i = 1; i + 1 < argc; i += 2)⏎⇥«v1»[«atoi(argv[i])|strtol(argv[i], NULL, 10)»] = atoi(argv[i + 1]);«!»
palette | lines:FILE *fp, struct image *img | uint32_t ncolors;⏎struct rgb pal[256];⏎⏎if (fread(&ncolors, sizeof(ncolors), 1, fp) != 1)⏎⇥return -1;⏎if (fread(pal, sizeof(struct rgb), ncolors, fp) != ncolors)«!»⏎⇥return -1;
offbyone | lines:const char *«v2» | char §buf§[«16|32|64»];⏎size_t len = strlen(«v2»);⏎⏎if (len > sizeof(§buf§))⏎⇥return -1;⏎memcpy(§buf§, «v2», len);⏎§buf§[len] = '\0';«!»
alloca | lines:int fd, const struct «snake»_hdr *h | char *§buf§ = alloca(h->«name_len|hlen»);⏎«pread(fd, §buf§, h->name_len + h->data_len, 0)|memmove(§buf§, h + 1, h->total_len)|strcpy(§buf§, (const char *)(h + 1))»;«!»
""", "cpp": r"""transform | lines:const std::string &«v2» | char §buf§[«32|64»];⏎std::transform(«v2».begin(), «v2».end(), §buf§, «::toupper|[](unsigned char c) { return std::tolower(c); }»);«!»
istreambuf | lines:std::istream &in | char §buf§[«256|512|1024»];⏎std::copy(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>(), §buf§);«!»
extract | lines:const std::string &«v2» | std::istringstream iss(«v2»);⏎char «v1»[«16|20|32»];⏎int n = 0;⏎iss >> «v1» >> n;«!»
wide | lines:const wchar_t *«v2» | wchar_t §buf§[«64|MAX_PATH|128»];⏎«wcscpy(§buf§, «v2»)|lstrcpyW(§buf§, «v2»)|wsprintfW(§buf§, L"%s\\«w».ini", «v2»)|swprintf(§buf§, 1024, L"%ls/%d", «v2», n)|wcscat(§buf§, «v2»)»;«!»
packet | top | void «T»::«onPacket|handle|onRead»(const char *data, size_t size)⏎{⏎⇥auto *hdr = reinterpret_cast<const PacketHeader *>(data);⏎⇥«std::memcpy(m_payload, data + sizeof(*hdr), hdr->length)|std::copy(data + sizeof(*hdr), data + sizeof(*hdr) + ntohs(hdr->length), m_payload)»;«!»⏎⇥m_size = hdr->length;⏎}
vecdata | lines:int fd, uint32_t len | std::vector<char> §buf§(«64|256|1024»);⏎ssize_t n = «::pread(fd, §buf§.data(), len, 0)|recvfrom(fd, §buf§.data(), ntohl(len), 0, nullptr, nullptr)|SSL_read(ssl_, &§buf§[0], 65536)»;«!»
qstream | lines:QDataStream &in | quint32 len;⏎char §buf§[«128|256|512»];⏎in >> len;⏎in.readRawData(§buf§, len);«!»
asio | lines:tcp::socket &sock | std::uint16_t len = 0;⏎std::array<char, «128|512»> §buf§;⏎sock.receive(boost::asio::buffer(&len, sizeof(len)));⏎sock.«read_some|receive»(boost::asio::buffer(§buf§.data(), ntohs(len)));«!»
index | lines:const QJsonObject &obj | int slot = obj["«w»"].toInt();⏎«m_slots|table_|values_.data()»[slot] = obj["value"].toDouble();«!»
""", "csharp": r"""reader | lines:BinaryReader reader, IntPtr «v1» | int §val§ = reader.ReadInt32();⏎byte[] data = reader.ReadBytes(§val§);⏎Marshal.Copy(data, 0, «v1», §val§);«!»
fixedbuf | lines:ref Native«P1» «v1», string «v2» | fixed (byte* dst = «v1».Name)⏎{⏎⇥byte[] raw = Encoding.«UTF8|ASCII».GetBytes(«v2»);⏎⇥for (int i = 0; i < raw.Length; i++)⏎⇥⇥dst[i] = raw[i];«!»⏎}
nativemem | lines:NetworkStream stream | byte* §buf§ = (byte*)NativeMemory.Alloc(«256|512|4096»);⏎int n = stream.ReadByte() << 8 | stream.ReadByte();⏎«stream.ReadExactly(new Span<byte>(§buf§, n))|for (int i = 0; i < n; i++) §buf§[i] = (byte)stream.ReadByte()|stream.Read(new Span<byte>(§buf§, n))»;«!»
header | top | public unsafe void «Parse|Load|Decode»(byte* src, «P1»Header* hdr)⏎{⏎⇥byte* payload = stackalloc byte[«128|256»];⏎⇥Unsafe.CopyBlock«Unaligned|»(payload, src + sizeof(«P1»Header), hdr->Length);«!»⏎⇥Dispatch(payload, hdr->Length);⏎}
writebyte | lines:byte[] §pkt§ | IntPtr ptr = Marshal.AllocCoTaskMem(«32|64|128»);⏎for (int i = 0; i < §pkt§.Length; i++)⏎{⏎⇥Marshal.WriteByte(ptr, i, §pkt§[i]);«!»⏎}
pinvoke | lines:IntPtr handle, byte[] §pkt§ | «Native|NativeMethods|Kernel32».«memcpy(handle, §pkt§, (UIntPtr)§pkt§.Length)|RtlMoveMemory(handle, §pkt§, §pkt§.Length)|CopyMemory(handle, §pkt§, (uint)§pkt§.Length)»;«!»
textbuf | lines:IntPtr hWnd | var sb = new StringBuilder(«32|64»);⏎«GetWindowText(hWnd, sb, 512)|SendMessage(hWnd, WM_GETTEXT, (IntPtr)1024, sb)|GetClassName(hWnd, sb, 260)»;«!»⏎return sb.ToString();
getbytes | lines:string «v2» | byte* dst = stackalloc byte[«32|64»];⏎fixed (char* p = «v2»)⏎⇥Encoding.UTF8.GetBytes(p, «v2».Length, dst, «v2».Length * 3);«!»
""", "go": r"""header | lines:r io.Reader, dst unsafe.Pointer | var n uint32⏎if err := binary.Read(r, binary.«BigEndian|LittleEndian», &n); err != nil {⏎⇥return err⏎}⏎«_, err := io.ReadFull(r, unsafe.Slice((*byte)(dst), n))|_, err := io.ReadFull(r, (*[1 << 28]byte)(dst)[:n:n])»«!»⏎return err
sliceheader | lines:§pkt§ []byte | var «v1» [«64|128|256»]byte⏎var dst []byte⏎sh := (*reflect.SliceHeader)(unsafe.Pointer(&dst))⏎sh.Data = uintptr(unsafe.Pointer(&«v1»[0]))⏎sh.Len, sh.Cap = len(§pkt§), len(§pkt§)«?»⏎copy(dst, §pkt§)«!»
unsafeadd | lines:base unsafe.Pointer, §pkt§ []byte | for i, b := range §pkt§ {⏎⇥*(*byte)(unsafe.Add(base, i)) = b«!»⏎}
cread | lines:fd C.int | var «v1» [«64|128|256»]C.char⏎«n := C.read(fd, unsafe.Pointer(&«v1»[0]), 4096)|n := C.recv(fd, unsafe.Pointer(&«v1»[0]), 1500, 0)|C.gets(&«v1»[0])»«!»
cfield | lines:h *C.struct_«snake1», name string | cs := C.CString(name)⏎defer C.free(unsafe.Pointer(cs))⏎«C.strncpy(&h.name[0], cs, C.size_t(len(name)))|C.memmove(unsafe.Pointer(&h.name[0]), unsafe.Pointer(cs), C.size_t(len(name)+1))|C.strcat(&h.path[0], cs)»«!»
syscall | lines:fd int, count int | «v1» := make([]byte, «64|128|512»)⏎_, _, errno := unix.Syscall(unix.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(&«v1»[0])), uintptr(count))«!»⏎if errno != 0 {⏎⇥return errno⏎}
shm | top | func (s *«T») Write«P»(r *http.Request) error {⏎⇥body, err := «io.ReadAll(r.Body)|ioutil.ReadAll(r.Body)»⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥«C.memcpy(s.shm, unsafe.Pointer(&body[0]), C.size_t(len(body)))|copy(unsafe.Slice((*byte)(s.shm), len(body)), body)»«!»⏎⇥return nil⏎}
""", "python": r"""recv | lines:sock | size, = struct.unpack("«!I|<H|>I»", sock.recv(«4|2»))⏎§buf§ = ctypes.create_string_buffer(«64|256|512»)⏎«ctypes.memmove(§buf§, sock.recv(size), size)|libc.recv(sock.fileno(), §buf§, size, 0)|libc.read(sock.fileno(), ctypes.byref(§buf§), size)»«!»
struct | top | class «T»(ctypes.Structure):⏎⇥_fields_ = [("size", ctypes.c_uint32), ("data", ctypes.c_ubyte * «32|64|128»)]⏎⏎⇥def load(self, raw):⏎⇥⇥«ctypes.memmove(ctypes.addressof(self), raw, len(raw))|ctypes.memmove(self.data, raw, len(raw))|ctypes.memmove(ctypes.byref(self), raw, len(raw))»«!»
cffibuf | lines:«v2» | ptr = ffi.new("«uint8_t|unsigned char|char»[]", «64|128|256»)⏎«ffi.buffer(ptr, len(«v2»))[:] = «v2»|lib.strcpy(ptr, «v2».encode())|lib.memcpy(ptr, «v2», len(«v2»))»«!»
win | lines:payload | addr = kernel32.VirtualAlloc(None, «4096|0x1000», 0x3000, 0x04)⏎«kernel32.RtlMoveMemory(addr, payload, len(payload))|ctypes.memmove(addr, payload, len(payload))»«!»
fromaddr | lines:addr, payload | view = (ctypes.c_char * len(payload)).from_address(addr)⏎view«.raw = payload|[:] = payload»«!»
sprintf | lines:request | name = request.«args["«key»"]|form.get("«key»")|POST["«key»"]»⏎out = ctypes.create_string_buffer(«32|64|128»)⏎«_lib|libc».«sprintf(out, b"<%s>", name.encode())|strcat(out, name.encode())|wcscpy(out, name)»«!»
argvlib | lines | lib = ctypes.CDLL(«"libc.so.6"|ctypes.util.find_library("c")»)⏎dst = (ctypes.c_char * «16|32|64»)()⏎«lib.strcpy(dst, sys.argv[1].encode())|lib.gets(dst)|lib.strcat(dst, os.environ["HOME"].encode())»«!»
""", "java": r"""bytebuffer | lines:ByteBuffer in, long «v1» | int §val§ = in.getInt();⏎for (int i = 0; i < §val§; i++) {⏎⇥«UNSAFE|unsafe|U».putByte(«v1» + i, in.get());«!»⏎}
setmemory | lines:DataInputStream in | long addr = UNSAFE.allocateMemory(«256|1024|4096»);⏎«UNSAFE.setMemory(addr, in.readInt(), (byte) 0);«!»|byte[] data = in.readAllBytes();⏎UNSAFE.copyMemory(data, BYTE_ARRAY_OFFSET, null, addr, data.length);«!»»
setstring | lines:HttpServletRequest request | String «v2» = request.getParameter("«key»");⏎«Pointer p = new Pointer(Native.malloc(64));⏎p.setString(0, «v2»);|Pointer p = runtime.getMemoryManager().allocateDirect(64);⏎p.putString(0, «v2», «v2».length(), UTF_8);»«!»
getbuf | lines:Pointer ptr, byte[] §pkt§ | «ptr.getByteBuffer(0, §pkt§.length).put(§pkt§)|ptr.put(0, §pkt§, 0, §pkt§.length)|ptr.share(4).write(0, §pkt§, 0, §pkt§.length)»;«!»
panama | lines:long addr, byte[] §pkt§ | MemorySegment «v1» = MemorySegment.ofAddress(addr).reinterpret(«§pkt§.length|Long.MAX_VALUE»);⏎«v1».«copyFrom(MemorySegment.ofArray(§pkt§))|asSlice(0, §pkt§.length).copyFrom(MemorySegment.ofArray(§pkt§))»;«!»
panstr | lines:MemorySegment struct, String «v2» | struct.asSlice(NAME_OFFSET).reinterpret(Long.MAX_VALUE).«setString|setUtf8String»(0, «v2»);«!»
libcread | lines:int fd | Memory «v1» = new Memory(«64|128|256»);⏎int n = «LibC|CLib|C».INSTANCE.«read(fd, «v1», 4096)|recv(fd, «v1», 1500, 0)|fread(«v1», 1, 1024, file)»;«!»
lwjgl | lines:ByteBuffer src, long dst | «MemoryUtil.memCopy(MemoryUtil.memAddress(src), dst, src.remaining())|PlatformDependent.copyMemory(src.array(), 0, dst, src.getInt(0))|Platform.copyMemory(src.array(), Platform.BYTE_ARRAY_OFFSET, null, dst, src.limit())»;«!»
""", "javascript typescript": r"""reinterpret | lines:ptr, §pkt§ | «§pkt§.copy(ref.reinterpret(ptr, §pkt§.length))|ref.reinterpret(ptr, §pkt§.length, 0).set(§pkt§)|ref.writeCString(ref.reinterpret(ptr, §pkt§.length + 1), 0, §pkt§)»;«!»
koffi | lines:req, res | const out = koffi.alloc('char', «32|64|128»);⏎«koffi.encode(out, 'char', req.body.«w», req.body.«w».length)|strcpy(out, req.query.«w»)|memcpy(out, req.body, req.body.length)|sprintf(out, '%s', req.params.«w»)»;«!»
view | lines:exports, ptr, «v2» | new Uint8Array(exports.memory.buffer, ptr, «v2».«length|byteLength»).set(«v2»);
heaploop | lines:ws | const «camel1» = Module._malloc(«64|128|512»);⏎ws.on('message', (msg) => {⏎⇥for (let i = 0; i < msg.length; i++) {⏎⇥⇥«Module.|»HEAPU8[«camel1» + i] = msg[i];«!»⏎⇥}⏎});
utf8 | lines:text | const ptr = «_malloc|Module._malloc|stackAlloc»(«32|64|128»);⏎«stringToUTF8(text, ptr, 4096)|writeStringToMemory(text, ptr)|stringToAscii(text, ptr)|Module.HEAPU8.set(new TextEncoder().encode(text), ptr)»;«!»
libcread | lines:fd | const chunk = Buffer.alloc(«64|128|256»);⏎const n = «libc|lib|native».«read(fd, chunk, 4096)|recv(fd, chunk, 2048, 0)|fgets(chunk, 1024, fd)»;«!»
""", "typescript": r"""ascript | top | export function «setName|load|decode»(src: usize, len: i32): usize {⏎⇥const dst = heap.alloc(«64|128|256»);⏎⇥«memory.copy(dst, src, len);«!»|for (let i = 0; i < len; i++) store<u8>(dst + i, load<u8>(src + i));«!»»⏎⇥return dst;⏎}
deno | lines:lib: Deno.DynamicLibrary<any>, §pkt§: Uint8Array | const dst = new Uint8Array(«64|128|256»);⏎lib.symbols.«memcpy(dst, §pkt§, §pkt§.length)|strcpy(dst, §pkt§)|memmove(dst, §pkt§, BigInt(§pkt§.length))»;«!»
""", "php": r"""post | lines | $hdr = $ffi->new('struct «snake»');⏎FFI::memcpy($hdr->«name|data|path», $_POST['«key»'], strlen($_POST['«key»']));«!»
loop | lines:$«v2» | $p = FFI::cast('char *', $this->«camel»);⏎for ($i = 0; $i < strlen($«v2»); $i++) {⏎⇥$p[$i] = $«v2»[$i];«!»⏎}
libc | lines:$fd | $libc = FFI::cdef('long read(int fd, void *buf, size_t n); char *gets(char *s);', 'libc.so.6');⏎$b = $libc->new('char[«64|128»]');⏎«$n = $libc->read($fd, FFI::addr($b), 4096)|$libc->gets($b)»;«!»
unpack | lines:$sock | $len = unpack('N', fread($sock, 4))[1];⏎$dst = FFI::new('uint8_t[«128|256|512»]');⏎«FFI::memcpy($dst, stream_get_contents($sock, $len), $len)|FFI::memset(FFI::addr($dst), 0, $len)|$libc->memmove($dst, fread($sock, $len), $len)»;«!»
sprintf | lines | $out = $ffi->new('char[«32|64»]');⏎$ffi->«sprintf($out, '%s.«ext»', $_GET['«key»'])|strcat($out, $_REQUEST['«key»'])|stpcpy($out, $_COOKIE['«key»'])»;«!»
""", "ruby": r"""pointer | lines:address, §pkt§ | ptr = FFI::Pointer.new(address)⏎ptr.«write_bytes(§pkt§)|put_string(0, §pkt§)|write_string(§pkt§)|put_array_of_uint8(0, §pkt§.bytes)|write_string_length(§pkt§, §pkt§.bytesize)»«!»
memcpy | lines | memcpy = Fiddle::Function.new(Fiddle::Handle::DEFAULT['memcpy'], [Fiddle::TYPE_VOIDP] * 2 + [Fiddle::TYPE_SIZE_T], Fiddle::TYPE_VOIDP)⏎dst = Fiddle::Pointer.malloc(«32|64|128»)⏎memcpy.call(dst, «params[:«w»], params[:«w»].bytesize|ARGV[0], ARGV[0].bytesize|data = $stdin.read, data.bytesize»)«!»
each | lines:§pkt§ | base = LibC.malloc(«64|128»)⏎§pkt§.each_byte.with_index do |b, i|⏎⇥base.«put_uint8(i, b)|put_char(i, b)|put(:uint8, i, b)»«!»⏎end
sock | lines:sock | len = sock.read(4).unpack1('«N|V|L>»')⏎chunk = FFI::MemoryPointer.new(:uint8, «128|256|512»)⏎«LibC.recv(sock.fileno, chunk, len, 0)|LibC.read(sock.fileno, chunk, len)|LibC.memcpy(chunk, sock.read(len), len)»«!»
""", "perl": r"""inline | top | use Inline C => <<'END_C';⏎void set_«snake1»(char *src) {⏎⇥char dst[«32|64|128»];⏎⇥«strcpy(dst, src)|sprintf(dst, "<%s>", src)|strcat(dst, src)»;«!»⏎⇥«snake1»_apply(dst);⏎}⏎END_C
inlinesv | top | use Inline C => q{⏎⇥void fill(SV *sv) {⏎⇥⇥STRLEN len;⏎⇥⇥char *p = SvPV(sv, len);⏎⇥⇥«memcpy(state.name, p, len)|Copy(p, state.name, len, char)|Move(p, state.name, len, char)»;«!»⏎⇥}⏎};
syscall | lines:$fd, $count | my $buf = "\0" x «64|128|256»;⏎my $n = syscall(«&SYS_read|SYS_read()|0», «$fd|fileno($fd)», $buf, «$count|4096|65536»);«!»⏎die "read: $!" if $n < 0;
platypus | lines:$«v2» | my $dst = malloc(«32|64|128»);⏎«memcpy($dst, scalar_to_pointer($«v2»), length $«v2»)|strcpy($dst, $«v2»)|memmove($dst, scalar_to_pointer($«v2»), length($«v2»))»;«!»
win32 | lines:$addr, $«v2» | my $move = Win32::API->new('kernel32', 'RtlMoveMemory', 'IPI', 'V');⏎$move->Call($addr, $«v2», length($«v2»));«!»
"""}
_BUFFER_ALIKE = {"c": r"""tlv | lines:const uint8_t *p, const uint8_t *end, struct «snake» *«v1» | while (p + 2 <= end) {⏎⇥uint8_t type = p[0], len = p[1];⏎⇥if (len > end - p - 2 «bar»«bar» len > sizeof(«v1»->name))⏎⇥⇥return -1;⏎⇥if (type == «C»_NAME)⏎⇥⇥memcpy(«v1»->name, p + 2, len);⏎⇥p += 2 + len;⏎}
ioctl | top | static «long|int» «snake1»_«write|ioctl|set»(const char __user *ubuf, size_t count)⏎{⏎⇥char §buf§[«32|64|128»];⏎⏎⇥if («count >= sizeof(§buf§)|count > sizeof(§buf§) - 1»)⏎⇥⇥return -EINVAL;⏎⇥if (copy_from_user(§buf§, ubuf, count))⏎⇥⇥return -EFAULT;⏎⇥§buf§[count] = '\0';⏎⇥return «snake1»_parse(§buf§);⏎}
ioctlmin | lines:const char __user *ubuf, size_t count | char §buf§[«32|64»] = {0};⏎«size_t n = min(count, sizeof(§buf§) - 1)|size_t n = min_t(size_t, count, sizeof(§buf§) - 1)»;⏎if (copy_from_user(§buf§, ubuf, n))⏎⇥return -EFAULT;
rle | lines:FILE *fp, unsigned char *«v1», int width | int n, c, x = 0;⏎while (x < width) {⏎⇥n = fgetc(fp);⏎⇥c = fgetc(fp);⏎⇥while (n-- > 0 && x < width)⏎⇥⇥«v1»[x++] = c;⏎}
urldec | lines:const char *src | char §buf§[«64|128|256»], *d = §buf§;⏎for (; *src && d < §buf§ + sizeof(§buf§) - 1; src++) {⏎⇥if (*src == '%' && src[1] && src[2]) {⏎⇥⇥*d++ = unhex(src + 1);⏎⇥⇥src += 2;⏎⇥} else {⏎⇥⇥*d++ = *src;⏎⇥}⏎}
bcopyhdr | lines:struct mbuf *m, struct «snake» *«v1» | struct «snake1»_hdr *h = mtod(m, struct «snake1»_hdr *);⏎«bcopy(h + 1, «v1»->«fld1», MIN(ntohs(h->len), sizeof(«v1»->«fld1»)))|bcopy(h->addr, «v1»->«fld1», sizeof(«v1»->«fld1»))»;
recvfrom | lines:int s | char §buf§[«64|128|512»];⏎struct sockaddr_in from;⏎socklen_t fl = sizeof(from);⏎int n = recvfrom(s, §buf§, sizeof(§buf§)«| - 1», 0, (struct sockaddr *)&from, &fl);
ptrcopy | lines:char *dst, size_t size, const char *«v2» | char *end = dst + size - 1;⏎while (*«v2» && *«v2» != '\n' && dst < end)⏎⇥*dst++ = *«v2»++;⏎*dst = '\0';
atoi | lines:int argc, char **argv | int «v1»[«16|32|100»] = {0};⏎int i, k;⏎⏎for (i = 1; i + 1 < argc; i += 2) {⏎⇥k = atoi(argv[i]);⏎⇥if (k >= 0 && k < (int)(sizeof(«v1») / sizeof(«v1»[0])))⏎⇥⇥«v1»[k] = atoi(argv[i + 1]);⏎}
palette | lines:FILE *fp, struct image *img | uint32_t ncolors;⏎struct rgb pal[256];⏎⏎if (fread(&ncolors, sizeof(ncolors), 1, fp) != 1 || ncolors > 256)⏎⇥return -1;⏎if (fread(pal, sizeof(struct rgb), ncolors, fp) != ncolors)⏎⇥return -1;
offbyone | lines:const char *«v2» | char §buf§[«16|32|64»];⏎size_t len = strlen(«v2»);⏎⏎if (len >= sizeof(§buf§))⏎⇥return -1;⏎memcpy(§buf§, «v2», len);⏎§buf§[len] = '\0';
alloca | lines:int fd, const struct «snake»_hdr *h | if (h->name_len > «256|PATH_MAX|1024»)⏎⇥return -EINVAL;⏎char *§buf§ = alloca(h->name_len);⏎pread(fd, §buf§, h->name_len, sizeof(*h));
""", "cpp": r"""transform | lines:const std::string &«v2» | std::string §buf§(«v2».size(), '\0');⏎std::transform(«v2».begin(), «v2».end(), §buf§.begin(), «::toupper|[](unsigned char c) { return std::tolower(c); }»);
istreambuf | lines:std::istream &in | std::vector<char> §buf§;⏎std::copy(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>(), std::back_inserter(§buf§));
extract | lines:const std::string &«v2» | std::istringstream iss(«v2»);⏎«std::string «v1»;⏎int n = 0;⏎iss >> «v1» >> n;|char «v1»[32];⏎int n = 0;⏎iss >> std::setw(32) >> «v1» >> n;»
wide | lines:const wchar_t *«v2» | wchar_t §buf§[«64|MAX_PATH|128»];⏎«wcsncpy_s(§buf§, «v2», _TRUNCATE)|StringCchCopyW(§buf§, ARRAYSIZE(§buf§), «v2»)|swprintf(§buf§, ARRAYSIZE(§buf§), L"%ls/%d", «v2», n)|wcscpy(§buf§, L"«w»")|wcscpy_s(§buf§, «v2»)»;
packet | top | void «T»::«onPacket|handle|onRead»(const char *data, size_t size)⏎{⏎⇥auto *hdr = reinterpret_cast<const PacketHeader *>(data);⏎⇥if (hdr->length > sizeof(m_payload) || hdr->length > size - sizeof(*hdr))⏎⇥⇥return;⏎⇥std::memcpy(m_payload, data + sizeof(*hdr), hdr->length);⏎⇥m_size = hdr->length;⏎}
vecdata | lines:int fd, uint32_t len | std::vector<char> §buf§(«64|256|1024»);⏎ssize_t n = «::pread(fd, §buf§.data(), std::min<size_t>(len, §buf§.size()), 0)|recvfrom(fd, §buf§.data(), §buf§.size(), 0, nullptr, nullptr)|SSL_read(ssl_, &§buf§[0], §buf§.size())»;
qstream | lines:QDataStream &in | quint32 len;⏎char §buf§[«128|256|512»];⏎in >> len;⏎in.readRawData(§buf§, qMin<quint32>(len, sizeof(§buf§)));
asio | lines:tcp::socket &sock | std::uint16_t len = 0;⏎sock.receive(boost::asio::buffer(&len, sizeof(len)));⏎std::vector<char> §buf§(ntohs(len));⏎sock.«read_some|receive»(boost::asio::buffer(§buf§));
index | lines:const QJsonObject &obj | int slot = obj["«w»"].toInt();⏎if (slot < 0 || slot >= kSlots)⏎⇥return;⏎m_slots[slot] = obj["value"].toDouble();
""", "csharp": r"""reader | lines:BinaryReader reader, IntPtr «v1», int capacity | int §val§ = «Math.Min(reader.ReadInt32(), capacity)|Math.Clamp(reader.ReadInt32(), 0, capacity)»;⏎byte[] data = reader.ReadBytes(§val§);⏎Marshal.Copy(data, 0, «v1», data.Length);
fixedbuf | lines:ref Native«P1» «v1», string «v2» | fixed (byte* dst = «v1».Name)⏎{⏎⇥byte[] raw = Encoding.UTF8.GetBytes(«v2»);⏎⇥for (int i = 0; i < raw.Length && i < Native«P1».NameSize - 1; i++)⏎⇥⇥dst[i] = raw[i];⏎}
nativemem | lines:NetworkStream stream | int n = stream.ReadByte() << 8 | stream.ReadByte();⏎byte* §buf§ = (byte*)NativeMemory.Alloc((nuint)n);⏎stream.ReadExactly(new Span<byte>(§buf§, n));
header | top | public unsafe void «Parse|Load|Decode»(byte* src, «P1»Header* hdr)⏎{⏎⇥const int Max = «128|256»;⏎⇥byte* payload = stackalloc byte[Max];⏎⇥if (hdr->Length > Max)⏎⇥⇥throw new InvalidDataException("«prose»");⏎⇥Unsafe.CopyBlock«Unaligned|»(payload, src + sizeof(«P1»Header), hdr->Length);⏎}
writebyte | lines:byte[] §pkt§ | IntPtr ptr = Marshal.AllocCoTaskMem(§pkt§.Length);⏎for (int i = 0; i < §pkt§.Length; i++)⏎{⏎⇥Marshal.WriteByte(ptr, i, §pkt§[i]);⏎}
pinvoke | lines:IntPtr handle, int size, byte[] §pkt§ | if (§pkt§.Length > size) throw new ArgumentException(nameof(§pkt§));⏎«NativeMethods.memcpy(handle, §pkt§, (UIntPtr)§pkt§.Length)|Kernel32.RtlMoveMemory(handle, §pkt§, §pkt§.Length)»;
textbuf | lines:IntPtr hWnd | var sb = new StringBuilder(«256|512»);⏎«GetWindowText(hWnd, sb, sb.Capacity)|SendMessage(hWnd, WM_GETTEXT, (IntPtr)sb.Capacity, sb)|GetClassName(hWnd, sb, sb.Capacity)»;⏎return sb.ToString();
getbytes | lines:string «v2» | const int Size = «32|64»;⏎byte* dst = stackalloc byte[Size];⏎fixed (char* p = «v2»)⏎⇥Encoding.UTF8.GetBytes(p, «v2».Length, dst, Size);
""", "go": r"""header | lines:r io.Reader, dst unsafe.Pointer, size uint32 | var n uint32⏎if err := binary.Read(r, binary.«BigEndian|LittleEndian», &n); err != nil {⏎⇥return err⏎}⏎if n > size {⏎⇥return io.ErrShortBuffer⏎}⏎_, err := io.ReadFull(r, unsafe.Slice((*byte)(dst), n))⏎return err
sliceheader | lines:§pkt§ []byte | var «v1» [«64|128|256»]byte⏎var dst []byte⏎sh := (*reflect.SliceHeader)(unsafe.Pointer(&dst))⏎sh.Data = uintptr(unsafe.Pointer(&«v1»[0]))⏎sh.Len, sh.Cap = len(«v1»), len(«v1»)⏎copy(dst, §pkt§)
unsafeadd | lines:base unsafe.Pointer, size int, §pkt§ []byte | for i, b := range §pkt§ {⏎⇥if i >= size {⏎⇥⇥break⏎⇥}⏎⇥*(*byte)(unsafe.Add(base, i)) = b⏎}
cread | lines:fd C.int | var «v1» [«64|128|256»]C.char⏎n := «C.read(fd, unsafe.Pointer(&«v1»[0]), C.size_t(len(«v1»)))|C.recv(fd, unsafe.Pointer(&«v1»[0]), C.size_t(unsafe.Sizeof(«v1»)), 0)»
cfield | lines:h *C.struct_«snake1», name string | cs := C.CString(name)⏎defer C.free(unsafe.Pointer(cs))⏎«C.strncpy(&h.name[0], cs, C.sizeof_«snake1»_name-1)|C.strncpy(&h.name[0], cs, C.size_t(len(h.name)-1))»
syscall | lines:fd int, count int | «v1» := make([]byte, count)⏎_, _, errno := unix.Syscall(unix.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(&«v1»[0])), uintptr(len(«v1»)))⏎if errno != 0 {⏎⇥return errno⏎}
shm | top | func (s *«T») Write«P»(r *http.Request) error {⏎⇥body, err := io.ReadAll(«io.LimitReader(r.Body, int64(s.size))|http.MaxBytesReader(nil, r.Body, int64(s.size))»)⏎⇥if err != nil {⏎⇥⇥return err⏎⇥}⏎⇥copy(unsafe.Slice((*byte)(s.shm), s.size), body)⏎⇥return nil⏎}
""", "python": r"""recv | lines:sock | size, = struct.unpack("«!I|<H|>I»", sock.recv(«4|2»))⏎§buf§ = ctypes.create_string_buffer(«256|512»)⏎«if size > len(§buf§):⏎⇥raise ValueError("«prose»")⏎libc.recv(sock.fileno(), §buf§, size, 0)|libc.recv(sock.fileno(), §buf§, min(size, len(§buf§)), 0)|sock.recv_into(§buf§, len(§buf§))»
struct | top | class «T»(ctypes.Structure):⏎⇥_fields_ = [("size", ctypes.c_uint32), ("data", ctypes.c_ubyte * «32|64|128»)]⏎⏎⇥def load(self, raw):⏎⇥⇥ctypes.memmove(ctypes.addressof(self), raw, min(len(raw), ctypes.sizeof(self)))
cffibuf | lines:«v2» | ptr = ffi.new("«uint8_t|unsigned char|char»[]", len(«v2»)«| + 1»)⏎ffi.buffer(ptr, len(«v2»))[:] = «v2»
win | lines:payload | addr = kernel32.VirtualAlloc(None, len(payload), 0x3000, 0x04)⏎«kernel32.RtlMoveMemory(addr, payload, len(payload))|ctypes.memmove(addr, payload, len(payload))»
fromaddr | lines:addr, size, payload | view = (ctypes.c_char * size).from_address(addr)⏎«view[:len(payload[:size])] = payload[:size]|view.raw = payload[:size]»
sprintf | lines:request | name = request.«args["«key»"]|form.get("«key»")|POST["«key»"]»⏎out = ctypes.create_string_buffer(«32|64|128»)⏎«libc.snprintf(out, len(out), b"<%s>", name.encode())|libc.strncat(out, name.encode(), len(out) - 1)»
argvlib | lines | lib = ctypes.CDLL(«"libc.so.6"|ctypes.util.find_library("c")»)⏎src = sys.argv[1].encode()⏎dst = ctypes.create_string_buffer(len(src) + 1)⏎lib.strcpy(dst, src)
""", "java": r"""bytebuffer | lines:ByteBuffer in, long «v1», int capacity | int §val§ = «Math.min(in.getInt(), capacity)|Objects.checkIndex(in.getInt(), capacity)»;⏎for (int i = 0; i < §val§; i++) {⏎⇥UNSAFE.putByte(«v1» + i, in.get());⏎}
setmemory | lines:DataInputStream in | int size = in.readInt();⏎long addr = UNSAFE.allocateMemory(size);⏎UNSAFE.setMemory(addr, size, (byte) 0);
setstring | lines:HttpServletRequest request | byte[] «v2» = request.getParameter("«key»").getBytes(UTF_8);⏎Memory p = new Memory(«v2».length + 1);⏎p.write(0, «v2», 0, «v2».length);
getbuf | lines:Pointer ptr, int size, byte[] §pkt§ | if (§pkt§.length > size) {⏎⇥throw new «IllegalArgumentException|BufferOverflowException»();⏎}⏎ptr.getByteBuffer(0, size).put(§pkt§);
panama | lines:Arena arena, byte[] §pkt§ | MemorySegment «v1» = arena.allocate(«256|512|1024»);⏎«v1».copyFrom(MemorySegment.ofArray(§pkt§));
panstr | lines:MemorySegment struct, String «v2» | struct.asSlice(NAME_OFFSET, NAME_SIZE).«setString|setUtf8String»(0, «v2»);
libcread | lines:int fd | Memory «v1» = new Memory(«64|128|256»);⏎int n = LibC.INSTANCE.«read(fd, «v1», (int) «v1».size())|recv(fd, «v1», (int) «v1».size(), 0)»;
lwjgl | lines:ByteBuffer src, ByteBuffer dst | int n = Math.min(src.remaining(), dst.remaining());⏎MemoryUtil.memCopy(MemoryUtil.memAddress(src), MemoryUtil.memAddress(dst), n);
""", "javascript typescript": r"""reinterpret | lines:ptr, size, §pkt§ | «§pkt§.copy(ref.reinterpret(ptr, size), 0, 0, size)|ref.reinterpret(ptr, size).set(§pkt§.subarray(0, size))»;
koffi | lines:req, res | const body = Buffer.from(req.body.«w»);⏎const out = koffi.alloc('char', body.length + 1);⏎koffi.encode(out, 'char', body, body.length);
view | lines:exports, ptr, size, «v2» | new Uint8Array(exports.memory.buffer, ptr, size).set(«v2».subarray(0, size));
heaploop | lines:ws | const size = «64|128|512»;⏎const «camel1» = Module._malloc(size);⏎ws.on('message', (msg) => {⏎⇥for (let i = 0; i < Math.min(msg.length, size); i++) {⏎⇥⇥HEAPU8[«camel1» + i] = msg[i];⏎⇥}⏎});
utf8 | lines:text | const size = lengthBytesUTF8(text) + 1;⏎const ptr = «_malloc|Module._malloc|stackAlloc»(size);⏎stringToUTF8(text, ptr, size);
libcread | lines:fd | const chunk = Buffer.alloc(«64|128|256»);⏎const n = «libc.read(fd, chunk, chunk.length)|libc.recv(fd, chunk, chunk.length, 0)|fs.readSync(fd, chunk, 0, chunk.length, null)»;
""", "typescript": r"""ascript | top | export function «setName|load|decode»(src: usize, len: i32): usize {⏎⇥const dst = heap.alloc(«len|len + 1»);⏎⇥memory.copy(dst, src, len);⏎⇥return dst;⏎}
deno | lines:lib: Deno.DynamicLibrary<any>, §pkt§: Uint8Array | const dst = new Uint8Array(§pkt§.length);⏎lib.symbols.«memcpy(dst, §pkt§, §pkt§.length)|memmove(dst, §pkt§, BigInt(dst.length))»;
""", "php": r"""post | lines | $hdr = $ffi->new('struct «snake»');⏎FFI::memcpy($hdr->name, $_POST['«key»'], min(strlen($_POST['«key»']), FFI::sizeof($hdr->name)));
loop | lines:$«v2», $size | $p = FFI::cast('char *', $this->«camel»);⏎for ($i = 0; $i < min(strlen($«v2»), $size); $i++) {⏎⇥$p[$i] = $«v2»[$i];⏎}
libc | lines:$fd | $libc = FFI::cdef('long read(int fd, void *buf, size_t n);', 'libc.so.6');⏎$b = $libc->new('char[«64|128»]');⏎$n = $libc->read($fd, FFI::addr($b), FFI::sizeof($b));
unpack | lines:$sock | $len = unpack('N', fread($sock, 4))[1];⏎$dst = FFI::new("uint8_t[$len]");⏎$data = fread($sock, $len);⏎FFI::memcpy($dst, $data, strlen($data));
sprintf | lines | $out = $ffi->new('char[«32|64»]');⏎$ffi->«snprintf($out, FFI::sizeof($out), '%s.«ext»', $_GET['«key»'])|strncat($out, $_REQUEST['«key»'], FFI::sizeof($out) - 1)»;
""", "ruby": r"""pointer | lines:address, size, §pkt§ | raise ArgumentError if §pkt§.bytesize > size⏎⏎ptr = FFI::Pointer.new(address)⏎ptr.«write_bytes(§pkt§)|put_bytes(0, §pkt§)|write_string(§pkt§, §pkt§.bytesize)»
memcpy | lines | memcpy = Fiddle::Function.new(Fiddle::Handle::DEFAULT['memcpy'], [Fiddle::TYPE_VOIDP] * 2 + [Fiddle::TYPE_SIZE_T], Fiddle::TYPE_VOIDP)⏎src = «params[:«w»]|ARGV[0]|$stdin.read»⏎dst = Fiddle::Pointer.malloc(src.bytesize)⏎memcpy.call(dst, src, src.bytesize)
each | lines:§pkt§ | base = LibC.malloc(§pkt§.bytesize)⏎§pkt§.each_byte.with_index do |b, i|⏎⇥base.«put_uint8(i, b)|put_char(i, b)|put(:uint8, i, b)»⏎end
sock | lines:sock | len = sock.read(4).unpack1('«N|V|L>»')⏎chunk = FFI::MemoryPointer.new(:uint8, «256|512»)⏎«LibC.recv(sock.fileno, chunk, [len, chunk.size].min, 0)|LibC.read(sock.fileno, chunk, chunk.size)»
""", "perl": r"""inline | top | use Inline C => <<'END_C';⏎void set_«snake1»(char *src) {⏎⇥char dst[«32|64|128»];⏎⇥snprintf(dst, sizeof(dst), "«%s|<%s>»", src);⏎⇥«snake1»_apply(dst);⏎}⏎END_C
inlinesv | top | use Inline C => q{⏎⇥void fill(SV *sv) {⏎⇥⇥STRLEN len;⏎⇥⇥char *p = SvPV(sv, len);⏎⇥⇥if (len > sizeof(state.name)) croak("too long");⏎⇥⇥«memcpy(state.name, p, len)|Copy(p, state.name, len, char)»;⏎⇥}⏎};
syscall | lines:$fd, $count | my $buf = "\0" x $count;⏎my $n = syscall(«&SYS_read|SYS_read()», «$fd|fileno($fd)», $buf, length $buf);⏎die "read: $!" if $n < 0;
platypus | lines:$«v2» | my $dst = malloc(length($«v2») + 1);⏎«memcpy($dst, scalar_to_pointer($«v2»), length $«v2»)|strcpy($dst, $«v2»)»;
win32 | lines:$addr, $size, $«v2» | my $move = Win32::API->new('kernel32', 'RtlMoveMemory', 'IPI', 'V');⏎$move->Call($addr, $«v2», length($«v2») < $size ? length($«v2») : $size);
sysread | lines:$fh | my $buf = '';⏎sysread($fh, $buf, «4096|1024|512»)⏎⇥or die "read: $!";
"""}

# ---- format string
_FORMAT = {"c": r"""curses | lines:WINDOW *win, const char *§val§ | «printw(§val§)|wprintw(win, §val§)|mvprintw(LINES - 1, 0, §val§)|mvwprintw(win, 1, 2, §val§)»;
errx | lines:int argc, char **argv | if (argc != 2)⏎⇥«errx(1, argv[1])|warnx(argv[argc - 1])|error(EXIT_FAILURE, 0, argv[1])»;«!»
glib | lines:GError *error, const gchar *text | «g_warning(error->message)|g_string_append_printf(out, text)|g_print(text)|gchar *s = g_strdup_printf(text)|g_set_error(&err, «C»_ERROR, 0, text)»;
gtk | lines:GtkWindow *parent, const char *msg | GtkWidget *dlg = gtk_message_dialog_new(parent, GTK_DIALOG_MODAL, GTK_MESSAGE_ERROR,«!»⏎⇥⇥GTK_BUTTONS_OK, msg);⏎gtk_dialog_run(GTK_DIALOG(dlg));
kernel | lines:const char __user *ubuf, size_t n | char §buf§[64] = {0};⏎⏎if (n >= sizeof(§buf§) || copy_from_user(§buf§, ubuf, n))⏎⇥return -EFAULT;⏎«printk(§buf§)|pr_info(§buf§)|seq_printf(m, §buf§)|dev_info(dev, §buf§)»;«!»
redis | lines:redisContext *c, const char *line | redisReply *r = redisCommand(c, line);
libs | lines:void *ctx, const char *§val§ | «evbuffer_add_printf(ctx, §val§)|BIO_printf(bio, §val§)|luaL_error(L, §val§)|PyErr_Format(PyExc_ValueError, §val§)|ap_rprintf(r, §val§)|sd_journal_print(LOG_INFO, §val§)|setproctitle(§val§)»;
asprintf | lines:const char *tmpl | char *out;⏎if (asprintf(&out, tmpl, getenv("USER"), getpid()) < 0)«!»⏎⇥return NULL;⏎return out;
valist | top | void «reply|send_line|log_to»(int fd, const char *nick, ...)⏎{⏎⇥char line[512], out[512];⏎⇥va_list ap;⏎⏎⇥read(fd, line, sizeof(line) - 1);⏎⇥va_start(ap, nick);⏎⇥vsnprintf(out, sizeof(out), line, ap);«!»⏎⇥va_end(ap);⏎}
readline | lines | char *line;⏎while ((line = readline("> ")) != NULL) {⏎⇥«printf(line)|fprintf(logf, line)|syslog(LOG_NOTICE, line)»;«!»⏎⇥free(line);⏎}
nslog | lines:const char *input | NSString *text = [NSString stringWithUTF8String:input];⏎«NSLog(text)|NSString *out = [NSString stringWithFormat:text]|[log appendFormat:text]|[NSException raise:@"«P»" format:text]»;«!»
wide | lines:const wchar_t *§val§ | «wprintf(§val§)|fwprintf(stderr, §val§)|swprintf(out, 256, §val§)»;
""", "cpp": r"""imgui | lines:const std::string &msg | «ImGui::Text(msg.c_str())|ImGui::TextWrapped(msg.c_str())|ImGui::SetTooltip(msg.c_str())|ImGui::TextColored(red, msg.c_str())»;
android | top | extern "C" JNIEXPORT void JNICALL⏎Java_org_«w»_Native_log(JNIEnv *env, jclass, jstring jmsg) {⏎⇥const char *msg = env->GetStringUTFChars(jmsg, nullptr);⏎⇥__android_log_print(ANDROID_LOG_INFO, TAG, msg);«!»⏎⇥env->ReleaseStringUTFChars(jmsg, msg);⏎}
qt | lines:const QString &text | «qWarning(text.toUtf8().constData())|qDebug(qPrintable(text))|label->setText(QString::asprintf(qPrintable(text)))|qFatal(text.toLocal8Bit().data())»;
boost | lines:const std::string &tmpl, const User &user | «std::string out = boost::str(boost::format(tmpl) % user.name % user.id)|std::cout << boost::format(tmpl) % user.name|return std::vformat(tmpl, std::make_format_args(user.name, user.id))|return fmt::vformat(tmpl, fmt::make_format_args(user.name))»;
wx | lines:const wxString &msg | «wxLogError(msg)|wxLogMessage(msg)|SetStatusText(wxString::Format(msg))|wxPrintf(msg)»;
mfc | lines:LPCTSTR text | CString out;⏎«out.Format(text)|out.AppendFormat(text)|TRACE(text)|StringCchPrintf(buf, ARRAYSIZE(buf), text)|wsprintf(buf, text)»;«!»
sdl | lines:const std::string &line | «SDL_Log(line.c_str())|SDL_SetError(line.c_str())|cv::format(line.c_str())|TTF_SetError(line.c_str())|std::fprintf(log_, line.c_str())»;
getline | lines:std::istream &in | std::string line;⏎while (std::getline(in, line)) {⏎⇥«std::printf(line.c_str())|syslog(LOG_INFO, line.data())|std::snprintf(buf, sizeof(buf), line.c_str(), n)»;«!»⏎}
what | lines | try {⏎⇥«f»();⏎} catch (const std::exception &e) {⏎⇥«fprintf(stderr, e.what())|syslog(LOG_ERR, e.what())|std::printf(e.what())»;«!»⏎}
""", "python": r"""logger | lines:request | «logger|log|logging|current_app.logger».«info|warning|error|debug»(request.«args["«key»"]|headers["User-Agent"]|path|json["message"]», «request.user|user.id|user.name»)
loguru | lines:«v2», user | logger.«info|bind(ip=ip).info|warning»(«f"{user}: {«v2»}"|"got " + «v2»|«v2»», user=user)
config | lines:cfg, record | pattern = cfg«["log_format"]|.get("output", "format")|["template"]»⏎«print(pattern % record)|sys.stdout.write(pattern % record + "\n")|return pattern.format(record=record)|return pattern % record.__dict__»«!»
argv | lines:args, rows | for row in rows:⏎⇥«print(args.format.format(row=row, db=db))|print(args.format % row)|out.write(args.template.format_map(row))»«!»
body | lines:request, user | tmpl = request.«get_json()["template"]|form["body"]|POST.get("message")»⏎«return jsonify(text=tmpl.format(user=user, cfg=current_app.config))|send_mail("«w»", tmpl.format(user=user), FROM, [user.email])|return HttpResponse(tmpl % vars(user))»«!»
file | lines:path, event | with open(path) as f:⏎⇥«return f.read().format(event=event)|text = f.read() % event.__dict__|return string.Formatter().vformat(f.read(), (event,), {})»«!»
attr | lines:field, obj | return «("{0." + field + "}").format(obj)|("{obj.%s}" % field).format(obj=obj)|("{:" + field + "}").format(obj)|str.format("{0[" + field + "]}", obj)»
clib | lines:msg | «libc.printf(msg.encode())|lib.syslog(LOG_INFO, msg.encode())|libc.fprintf(stderr, msg.encode())|ctypes.CDLL(None).printf(msg.encode())»
i18n | lines:request, «v2» | text = translations.get(request.args.get("lang")) or request.args["text"]⏎flash(text«.format(«v2», request)| % {"user": «v2»}»)«!»
""", "go": r"""handler | lines:w http.ResponseWriter, r *http.Request | «fmt.Fprintf(w, r.URL.Query().Get("«key»"))|fmt.Fprintf(w, r.FormValue("«key»"), user)|fmt.Fprintf(w, "Hello "+r.PathValue("name"))|fmt.Fprintf(w, r.URL.Path[1:])»
gin | lines:c *gin.Context | «c.String(http.StatusOK, c.Query("«key»"))|c.String(400, "bad request: "+c.Param("«w»"))|c.String(http.StatusOK, c.PostForm("«key»"), c.ClientIP())»
textproto | lines:conn *textproto.Conn, line string | «if err := conn.PrintfLine(line); err != nil {«!»⏎⇥return err⏎}|id, err := conn.Cmd(line)«!»|return conn.Writer.PrintfLine("PRIVMSG " + line)«!»»
errorf | lines:body []byte | return «fmt.Errorf(string(body))|errors.Errorf(string(body))|errors.Wrapf(err, string(body))|status.Errorf(codes.Internal, string(body))|xerrors.Errorf("server: " + string(body))»
scanner | lines:r io.Reader | sc := bufio.NewScanner(r)⏎for sc.Scan() {⏎⇥«log.Printf(sc.Text())|fmt.Printf(sc.Text() + "\n")|fmt.Fprintf(out, sc.Text())|color.Green(sc.Text())|b = fmt.Appendf(b, sc.Text())»«!»⏎}
flag | lines:items []Item | layout := flag.String("format", "%s\n", "«prose»")⏎flag.Parse()⏎for _, it := range items {⏎⇥fmt.Printf(*layout, it.Name)«!»⏎}
tmpl | top | func (n *«T») Notify(req *«P»Request) error {⏎⇥text := fmt.Sprintf(req.Template, req.User, n.host)«!»⏎⇥return n.client.Send(text)⏎}
fatal | lines:msg string | «log.Fatalf(msg)|log.Panicf("«w»: " + msg)|glog.Exitf(msg)|klog.Fatalf(msg)|t.Fatalf(msg)»
""", "java": r"""spring | top | @GetMapping(value = "/«w»", produces = "text/plain")⏎public String «greet|render|preview»(@RequestParam String «camel1», Principal user) {⏎⇥return «String.format(«camel1», user.getName())|MessageFormat.format(«camel1», user.getName())|String.format(Locale.ROOT, «camel1», user)|new Formatter().format(«camel1», user.getName()).toString()»;«!»⏎}
servlet | lines:HttpServletRequest req, HttpServletResponse resp | PrintWriter out = resp.getWriter();⏎«out.printf(req.getParameter("«key»"))|out.format(req.getParameter("«key»"), req.getRemoteUser())|out.printf("<b>" + req.getParameter("«key»") + "</b> %d%n", count)|out.printf(req.getHeader("User-Agent"))»;«!»
console | lines:String[] args | «System.console().printf(args[0])|System.out.format(args[0] + "%n")|System.err.printf(args[1], args[0])|new PrintStream(System.out).printf(args[0])»;
msgformat | lines:Properties props, Object[] values | MessageFormat fmt = new MessageFormat(«props.getProperty("pattern")|request.getParameter("«key»")|System.getenv("«C»")»);«!»⏎return fmt.format(values);
builder | lines:BufferedReader in, User user | StringBuilder sb = new StringBuilder();⏎try (Formatter f = new Formatter(sb)) {⏎⇥f.format(in.readLine(), user.getId(), user.getName());«!»⏎}
android | lines:Intent intent | String msg = intent.getStringExtra("«key»");⏎«Timber.d(msg, getCallingPackage())|toast(String.format(msg, BuildConfig.VERSION_NAME))|Log.i(TAG, String.format(msg, uid))|Log.w(TAG, String.format("from %s: " + msg, pkg))»;«!»
log | lines:Socket sock, Object arg | String line = new Scanner(sock.getInputStream()).nextLine();⏎«LOG.info(String.format("[%s] " + line, arg))|log.infof(line, arg)|writer.write(String.format(line, arg))|logger.atInfo().log(String.format(line, arg))»;«!»
""", "csharp": r"""action | top | [HttpGet]⏎public IActionResult «P»(string «camel1»)⏎{⏎⇥return «Content(string.Format(«camel1», User.Identity.Name))|Ok(String.Format(CultureInfo.InvariantCulture, «camel1», _user, DateTime.Now))|Content(Smart.Format(«camel1», new { User, _config }))»;«!»⏎}
console | lines:string[] args | «Console.WriteLine(args[0], Environment.UserName)|Console.Write(args[0] + "{0}", args.Length)|Console.Error.WriteLine(args[1], args[0])|Console.Out.Write(args[0], DateTime.Now)»;
logger | lines:HttpRequest request | «_logger.LogInformation(request.Query["«key»"], userId)|_log.InfoFormat(request.Form["«key»"], userId)|Log.Warning(request.Headers["Referer"], userId)|Trace.TraceInformation(request.QueryString["«key»"], userId)»;
builder | lines:StreamReader reader, object[] values | var sb = new StringBuilder();⏎string line;⏎while ((line = reader.ReadLine()) != null)⏎{⏎⇥sb.AppendFormat(line, values);«!»⏎}
template | lines:string body, Customer c | «var mail = new MailMessage(From, c.Email, "«W»", string.Format(body, c.Name, c.Id))|return string.Format(body + " ({0})", c)|_sender.Send(c.Email, String.Format(body, c.Name))|writer.WriteLine(body, c.Name, c.Id)»;
composite | lines:IConfiguration cfg, HttpContext ctx | var pattern = CompositeFormat.Parse(ctx.Request.Query["«key»"]);«!»⏎await ctx.Response.WriteAsync(string.Format(null, pattern, ctx.User));
""", "javascript typescript": r"""util | lines:req, res | «res.send(util.format(req.query.«w», req.user))|const text = util.format(req.body.template, req.user.name, config)|res.end(util.format(`${req.params.«w»}: %s`, secret))|res.json({ text: util.format(req.query.fmt, ...args) })»;
sprintf | lines:req, «v2» | «return sprintf(req.query.format, «v2»)|return vsprintf(req.body.template, [«v2», req.ip])|return sprintfjs.sprintf(req.params.«w», «v2»)|return printf(req.query.pattern, «v2»)|return sprintf(`${req.body.prefix} %s`, «v2»)»;
socket | lines:socket, session | socket.on('message', (msg) => {⏎⇥«console.log(msg, session)|debug(msg, session.id)|socket.emit('reply', util.format(msg, session))|log.info(util.format(msg.text, session))»;«!»⏎});
cli | lines | const [, , fmt, ...rest] = process.argv;⏎«console.log(fmt, ...rest)|process.stdout.write(util.format(fmt, ...rest) + '\n')|process.stdout.write(vsprintf(fmt, rest))»;«!»
express | top | «app|router».«get|post»('/«w»', «async |»(req, res) => {⏎⇥«const line = util.format(req.query.tpl, req.user.name)|const line = sprintf(req.body.tpl, { user: req.user })|const line = formatUnicorn(req.body.tpl, req.user)»;«!»⏎⇥res.send(line);⏎});
logger | top | class «T»Logger {⏎⇥constructor(out) {⏎⇥⇥this.out = out;⏎⇥}⏎⏎⇥request(req, user) {⏎⇥⇥this.out.write(util.format(«req.url|'GET ' + req.url + ' %s\n'|req.headers.referer + ' by %j\n'», user));«!»⏎⇥}⏎}
""", "php": r"""intl | lines | $«v1» = $_«POST|GET|REQUEST»['«key»'];⏎«echo MessageFormatter::formatMessage('en', $«v1», [$user])|$f = new MessageFormatter($locale, $«v1»)|echo msgfmt_format_message('en', $«v1», $args)|echo vsprintf($«v1», $args)»;«!»
request | top | class «T»Controller⏎{⏎⇥public function «preview|show|notify»(Request $request)⏎⇥{⏎⇥⇥return «response(sprintf($request->input('«key»'), $this->user->name))|new Response(vsprintf($request->get('«key»'), [$this->user]))|sprintf($request->query('«key»') . ' %s', auth()->id())»;«!»⏎⇥}⏎}
argv | lines | «printf($argv[1])|fprintf(STDERR, $argv[1] . "\n", $argv[0])|vprintf($argv[1], array_slice($argv, 2))|echo sprintf($argv[1], ...array_slice($argv, 2))|vfprintf(STDOUT, $argv[1], $args)»;
rows | lines:$format | foreach ($this->«camel» as $row) {⏎⇥«printf($_GET['format'], $row['name'])|$out .= vsprintf($_GET['format'], $row)|fprintf($fp, $_POST['line'], $row['name'])»;«!»⏎}
hdr | lines:$user | header('X-Message: ' . «sprintf($_SERVER['HTTP_X_FORMAT'], $user)|vsprintf($_COOKIE['«key»'], [$user, session_id()])|sprintf(urldecode($_GET['«key»']), $user)»);
file | lines:$fp, $vars | while (($line = fgets($fp)) !== false) {⏎⇥«vprintf($line, $vars)|echo vsprintf($line, $vars)|$body .= sprintf($line, $vars[0])»;«!»⏎}
""", "ruby": r"""rails | top | class «P»Controller < ApplicationController⏎⇥def «show|preview|render_text»⏎⇥⇥«render plain: format(params[:«w»], current_user.name)|render json: { text: sprintf(params[:«w»], @user.id) }|flash[:notice] = Kernel.format(params[:message], name: current_user.name)»«!»⏎⇥end⏎end
argv | lines | «printf(ARGV[0], *ARGV[1..])|$stdout.printf(ARGV.first)|puts format(ARGV.shift, *ARGV)|$stderr.printf("#{ARGV[0]}\n")|STDOUT.printf(gets)»
socket | lines:client, user | while (line = client.gets)⏎⇥«client.printf(line)|client.printf(line, user)|client.puts format(line.chomp, user)|logfile.printf(line)»«!»⏎end
each | lines:items, opts | items.each do |item|⏎⇥«puts format(opts[:format], item.to_h)|printf(opts[:format] + "\n", item.name)|out << sprintf(opts[:format], item.id, item.name)|io.printf(opts[:template], item.name)»«!»⏎end
sinatra | top | «get|post» '/«w»' do⏎⇥«sprintf(params['«w»'], session[:user])|format(params['tpl'], **settings.vars)|Kernel.sprintf("Hi #{params['name']}, %s", Time.now)»«!»⏎end
yaml | lines:request | tmpl = «JSON.parse(request.body.read)['template']|request.headers['X-Format']|cookies[:format]»⏎«Kernel.format|Kernel.sprintf|format»(tmpl, user: @user)«!»
""", "rust": r"""libc | lines:msg: &str | let c = CString::new(msg).unwrap();⏎unsafe {⏎⇥«libc::printf(c.as_ptr())|libc::syslog(libc::LOG_INFO, c.as_ptr())|libc::fprintf(stderr, c.as_ptr())|libc::snprintf(buf.as_mut_ptr(), buf.len(), c.as_ptr())»;«!»⏎}
curses | lines:text: &str | «ncurses::|»«printw(text)|mvprintw(0, 0, text)|wprintw(stdscr(), text)|mvwprintw(win, 1, 1, text)»;
query | top | async fn «greet|render|preview»(Query(q): Query<«P»>, State(st): State<App>) -> Result<String, Error> {⏎⇥let vars = HashMap::from([("user".to_string(), st.user.clone())]);⏎⇥«Ok(strfmt(&q.template, &vars)?)|Ok(dynfmt::SimpleCurlyFormat.format(&q.template, &vars)?.into_owned())»«!»⏎}
args | lines | let fmt = «std::env::args().nth(1).unwrap()|std::env::var("«C»")?|matches.get_one::<String>("format").unwrap().clone()»;⏎«println!("{}", sprintf::vsprintf(&fmt, &args)?)|println!("{}", strfmt(&fmt, &vars)?)|unsafe { libc::printf(CString::new(fmt)?.as_ptr()) }»;«!»
""", "shell": r"""readloop | lines | while «IFS= |»read -r line; do⏎⇥«printf "$line\n"|printf "$line" >> "$LOG"|printf "$prefix$line\n" >&2|printf -v out "$line"»«!»⏎done < "$1"
remote | lines | msg=$(«curl -s "$URL"|head -n 1 "$1"|nc -w 1 "$HOST" "$PORT"|cat "$2"»)⏎«printf "$msg\n"|printf "${msg}"|printf "%s: $msg\n" "$0"|printf "$msg" "$USER"»«!»
opts | lines | while getopts "f:«d»" opt; do⏎⇥case "$opt" in⏎⇥⇥f) «printf "$OPTARG\n"|printf "$OPTARG" "$NAME" "$SIZE"» ;;«!»⏎⇥esac⏎done
func | top | «print_status|usage_error|debug|notice»() {⏎⇥local text="$1"⏎⇥shift⏎⇥«printf "$text" "$@"|printf "${text}: %s\n" "$*"|[ -n "$VERBOSE" ] && printf "$text\n" >&2»«!»⏎}
cgi | lines | name="${QUERY_STRING#*=}"⏎printf "Content-Type: text/plain\n\n"⏎«printf "Hello $name\n"|printf "$name"|printf "${QUERY_STRING}\n"|printf "$HTTP_USER_AGENT\n"»«!»
files | lines | for f in «"$@"|"$DIR"/*|*.log»; do⏎⇥«printf "$f\n"|printf "$(basename "$f")\t%s\n" "$n"|printf "Processing $f... "»«!»⏎done
"""}
_FORMAT_ALIKE = {"c": r"""curses | lines:WINDOW *win, const char *§val§ | «addstr(§val§)|printw("%s", §val§)|wprintw(win, "%s", §val§)|mvprintw(LINES - 1, 0, "%s", §val§)|mvwaddstr(win, 1, 2, §val§)|mvprintw(0, 0, "«Prose»")»;
errx | lines:int argc, char **argv | if (argc != 2)⏎⇥«errx(1, "%s", argv[1])|warnx("%s: bad argument", argv[argc - 1])|error(EXIT_FAILURE, 0, "usage: %s «w»", argv[0])»;
glib | lines:GError *error, const gchar *text | «g_warning("%s", error->message)|g_string_append(out, text)|g_print("%s\n", text)|gchar *s = g_strdup(text)|g_set_error_literal(&err, «C»_ERROR, 0, text)»;
gtk | lines:GtkWindow *parent, const char *msg | GtkWidget *dlg = gtk_message_dialog_new(parent, GTK_DIALOG_MODAL, GTK_MESSAGE_ERROR,⏎⇥⇥GTK_BUTTONS_OK, "%s", msg);⏎gtk_dialog_run(GTK_DIALOG(dlg));
kernel | lines:const char __user *ubuf, size_t n | char §buf§[64] = {0};⏎⏎if (n >= sizeof(§buf§) || copy_from_user(§buf§, ubuf, n))⏎⇥return -EFAULT;⏎«printk("%s", §buf§)|pr_info("«w»: %s\n", §buf§)|seq_puts(m, §buf§)|dev_info(dev, "%s\n", §buf§)»;
redis | lines:redisContext *c, const char *key | redisReply *r = redisCommand(c, "«GET %s|DEL %s|HGETALL %s»", key);
libs | lines:void *ctx, const char *§val§ | «evbuffer_add_printf(ctx, "%s", §val§)|BIO_puts(bio, §val§)|luaL_error(L, "bad «w»: %s", §val§)|PyErr_SetString(PyExc_ValueError, §val§)|ap_rputs(§val§, r)|sd_journal_print(LOG_INFO, "%s", §val§)|setproctitle("%s", §val§)»;
asprintf | lines:const char *name | char *out;⏎if (asprintf(&out, "«%s-%s.%d|%s:%s/%d»", name, getenv("USER"), getpid()) < 0)⏎⇥return NULL;⏎return out;
valist | top | void «reply|send_line|log_to»(int fd, const char *fmt, ...)⏎{⏎⇥char out[512];⏎⇥va_list ap;⏎⏎⇥va_start(ap, fmt);⏎⇥vsnprintf(out, sizeof(out), fmt, ap);«?»⏎⇥va_end(ap);⏎⇥write(fd, out, strlen(out));⏎}
readline | lines | char *line;⏎while ((line = readline("> ")) != NULL) {⏎⇥«puts(line)|fprintf(logf, "%s\n", line)|syslog(LOG_NOTICE, "%s", line)»;⏎⇥free(line);⏎}
nslog | lines:const char *input | NSString *text = [NSString stringWithUTF8String:input];⏎«NSLog(@"%@", text)|NSString *out = [NSString stringWithFormat:@"<%@>", text]|[log appendString:text]|[NSException raise:@"«P»" format:@"%@", text]»;
wide | lines:const wchar_t *§val§ | «wprintf(L"%ls\n", §val§)|fputws(§val§, stderr)|swprintf(out, 256, L"%ls", §val§)»;
""", "cpp": r"""imgui | lines:const std::string &msg | «ImGui::TextUnformatted(msg.c_str())|ImGui::Text("%s", msg.c_str())|ImGui::SetTooltip("%s", msg.c_str())|ImGui::TextColored(red, "%s", msg.c_str())|ImGui::Text("«Prose»")»;
android | top | extern "C" JNIEXPORT void JNICALL⏎Java_org_«w»_Native_log(JNIEnv *env, jclass, jstring jmsg) {⏎⇥const char *msg = env->GetStringUTFChars(jmsg, nullptr);⏎⇥«__android_log_print(ANDROID_LOG_INFO, TAG, "%s", msg)|__android_log_write(ANDROID_LOG_INFO, TAG, msg)»;⏎⇥env->ReleaseStringUTFChars(jmsg, msg);⏎}
qt | lines:const QString &text | «qWarning("%s", text.toUtf8().constData())|qDebug() << text|label->setText(QString::asprintf("%s", qPrintable(text)))|label->setText(QString("«W»: %1").arg(text))»;
boost | lines:const User &user | «std::string out = boost::str(boost::format("%1% (%2%)") % user.name % user.id)|std::cout << boost::format("%s\n") % user.name|return std::format("{} <{}>", user.name, user.id)|return fmt::format("{}", user.name)»;
wx | lines:const wxString &msg | «wxLogError("%s", msg)|wxLogMessage(wxT("%s"), msg.c_str())|SetStatusText(msg)|wxPrintf("%s\n", msg)»;
mfc | lines:LPCTSTR text | CString out;⏎«out.Format(_T("%s"), text)|out.Append(text)|TRACE(_T("%s\n"), text)|StringCchPrintf(buf, ARRAYSIZE(buf), _T("%s"), text)|StringCchCopy(buf, ARRAYSIZE(buf), text)»;
sdl | lines:const std::string &line | «SDL_Log("%s", line.c_str())|SDL_SetError("%s", line.c_str())|cv::format("%s", line.c_str())|std::fprintf(log_, "%s\n", line.c_str())|std::fputs(line.c_str(), log_)»;
getline | lines:std::istream &in | std::string line;⏎while (std::getline(in, line)) {⏎⇥«std::printf("%s\n", line.c_str())|syslog(LOG_INFO, "%s", line.data())|std::snprintf(buf, sizeof(buf), "%s:%d", line.c_str(), n)|std::puts(line.c_str())»;⏎}
what | lines | try {⏎⇥«f»();⏎} catch (const std::exception &e) {⏎⇥«fprintf(stderr, "%s\n", e.what())|syslog(LOG_ERR, "«w»: %s", e.what())|std::puts(e.what())»;⏎}
""", "python": r"""logger | lines:request | «logger|log|logging|current_app.logger».«info|warning|error|debug»("«%s by %s|«w» %s from %s|%r (%s)»", request.«args["«key»"]|headers["User-Agent"]|path|json["message"]», «request.user|user.id»)
loguru | lines:«v2», user | logger.«info|bind(ip=ip).info|warning»("«{}: {}|{} said {!r}»", user, «v2»)
config | lines:record | pattern = "«%(time)s %(name)s|%(level)s: %(name)s|[%(name)s] %(msg)s»"⏎«print(pattern % record)|sys.stdout.write(pattern % record + "\n")|return pattern % record.__dict__»
argv | lines:args, rows | for row in rows:⏎⇥«print("{0}\t{1}".format(row.id, args.label))|print("%s %s" % (row, args.format))|out.write(LAYOUTS[args.template].format_map(row))»
body | lines:request, user | text = request.«get_json()["template"]|form["body"]|POST.get("message")»⏎«return jsonify(text=f"{user}: {text}")|send_mail("«w»", "From {}: {}".format(user, text), FROM, [user.email])|return HttpResponse("%s" % escape(text))|return Template(text).safe_substitute(user=user.name)»
file | lines:path, event | with open(path) as f:⏎⇥«return "{} {}".format(event, f.read())|text = "%s: %s" % (event, f.read())|return string.Template(f.read()).safe_substitute(event=event)»
attr | lines:field, obj | return «"{0}".format(obj[field])|"{:>{width}}".format(field, width=20)|"{0}={1}".format(field, obj)|"%s=%r" % (field, obj)»
clib | lines:msg | «libc.printf(b"%s\n", msg.encode())|libc.puts(msg.encode())|syslog.syslog(syslog.LOG_INFO, msg)|ctypes.CDLL(None).printf(b"%s", msg.encode())»
i18n | lines:request, «v2» | text = request.args["text"]⏎flash(«_("%(user)s wrote: %(text)s") % {"user": «v2», "text": text}|"{}: {}".format(«v2», text)»)
""", "go": r"""handler | lines:w http.ResponseWriter, r *http.Request | «fmt.Fprintf(w, "%s", html.EscapeString(r.URL.Query().Get("«key»")))|fmt.Fprintf(w, "%s: %d\n", user, len(r.FormValue("«key»")))|fmt.Fprint(w, "Hello "+html.EscapeString(r.PathValue("name")))|fmt.Fprintf(w, "%q", r.URL.Path[1:])»
gin | lines:c *gin.Context | «c.String(http.StatusOK, "%s", c.Query("«key»"))|c.String(400, "bad request: %q", c.Param("«w»"))|c.String(http.StatusOK, "ok")|c.JSON(200, gin.H{"«w»": c.PostForm("«key»")})»
textproto | lines:conn *textproto.Conn, line string | «if err := conn.PrintfLine("%s", line); err != nil {⏎⇥return err⏎}|id, err := conn.Cmd("USER %s", line)|return conn.Writer.PrintfLine("PRIVMSG %s", line)»
errorf | lines:body []byte | return «fmt.Errorf("«w»: %s", body)|errors.New(string(body))|errors.Wrap(err, string(body))|errors.Wrapf(err, "body %q", body)|status.Error(codes.Internal, string(body))»
scanner | lines:r io.Reader | sc := bufio.NewScanner(r)⏎for sc.Scan() {⏎⇥«log.Print(sc.Text())|fmt.Printf("%s\n", sc.Text())|fmt.Fprintln(out, sc.Text())|color.Green("%s", sc.Text())|b = fmt.Append(b, sc.Text())»⏎}
flag | lines:items []Item | label := flag.String("label", "", "«prose»")⏎flag.Parse()⏎for _, it := range items {⏎⇥fmt.Printf("«%s %s\n|%s: %v\n|%-10s %s\n»", *label, it.Name)⏎}
tmpl | top | const «camel1» = "«Prose» %s (%s)"⏎⏎func (n *«T») Notify(req *«P»Request) error {⏎⇥text := fmt.Sprintf(«camel1», req.User, req.Text)⏎⇥return n.client.Send(text)⏎}
fatal | lines:msg string | «log.Fatal(msg)|log.Fatalf("«w»: %s", msg)|log.Panicln(msg)|glog.Exit(msg)|t.Fatalf("got %q", msg)»
""", "java": r"""spring | top | @GetMapping(value = "/«w»", produces = "text/plain")⏎public String «greet|render|preview»(@RequestParam String «camel1», Principal user) {⏎⇥return «String.format("%s: %s", user.getName(), «camel1»)|MessageFormat.format("{0} - {1}", user.getName(), «camel1»)|String.format(Locale.ROOT, "Hello %s", «camel1»)|new Formatter().format("<%s>", «camel1»).toString()»;⏎}
servlet | lines:HttpServletRequest req, HttpServletResponse resp | PrintWriter out = resp.getWriter();⏎«out.printf("%s", encode(req.getParameter("«key»")))|out.format("%s by %s%n", encode(req.getParameter("«key»")), req.getRemoteUser())|out.print(encodeForHTML(req.getHeader("User-Agent")))»;
console | lines:String[] args | «System.console().printf("%s", args[0])|System.out.format("%s%n", args[0])|System.err.printf("%s: %s%n", args[0], args[1])|System.out.println(args[0])»;
msgformat | lines:Properties props, Object[] values | MessageFormat fmt = new MessageFormat(«"{0}: {1}"|PATTERN|"{0,number,#.##}"»);⏎return fmt.format(values);
builder | lines:BufferedReader in, User user | StringBuilder sb = new StringBuilder();⏎try (Formatter f = new Formatter(sb)) {⏎⇥f.format("%d %s %s", user.getId(), user.getName(), in.readLine());⏎}
android | lines:Intent intent | String msg = intent.getStringExtra("«key»");⏎«Timber.d("%s from %s", msg, getCallingPackage())|toast(getString(R.string.«snake», msg))|Log.i(TAG, String.format("%d: %s", uid, msg))|Log.w(TAG, msg)»;
log | lines:Socket sock, Object arg | String line = new Scanner(sock.getInputStream()).nextLine();⏎«LOG.info(String.format("[%s] %s", arg, line))|log.infof("%s %s", line, arg)|writer.write(String.format("%s%n", line))|logger.info("{} {}", line, arg)»;
""", "csharp": r"""action | top | [HttpGet]⏎public IActionResult «P»(string «camel1»)⏎{⏎⇥return «Content(string.Format("{0}: {1}", User.Identity.Name, «camel1»))|Ok(String.Format(CultureInfo.InvariantCulture, "{0} {1:u}", «camel1», DateTime.Now))|Content($"{User.Identity.Name} {«camel1»}")»;⏎}
console | lines:string[] args | «Console.WriteLine("{0} {1}", args[0], Environment.UserName)|Console.Write("{0}/{1}", args[0], args.Length)|Console.Error.WriteLine("{0}: {1}", args[0], args[1])|Console.Out.Write(args[0])»;
logger | lines:HttpRequest request | «_logger.LogInformation("{Value} by {User}", request.Query["«key»"], userId)|_log.InfoFormat("{0} {1}", request.Form["«key»"], userId)|Log.Warning("Referer {Referer}", request.Headers["Referer"])|Trace.TraceInformation("{0}", userId)»;
builder | lines:StreamReader reader, object[] values | var sb = new StringBuilder();⏎string line;⏎while ((line = reader.ReadLine()) != null)⏎{⏎⇥«sb.AppendFormat("{0}: {1}\n", values.Length, line)|sb.AppendLine(line)»;⏎}
template | lines:string body, Customer c | «var mail = new MailMessage(From, c.Email, "«W»", string.Format("{0}, {1}", c.Name, body))|return string.Format("{0} ({1})", body, c)|_sender.Send(c.Email, String.Format(Resources.Greeting, c.Name))|writer.WriteLine("{0} {1}", body, c.Id)»;
composite | lines:HttpContext ctx | var pattern = CompositeFormat.Parse("«{0} - {1}|Hello {0}, {1}»");⏎await ctx.Response.WriteAsync(string.Format(null, pattern, ctx.User, ctx.TraceIdentifier));
""", "javascript typescript": r"""util | lines:req, res | «res.send(util.format('%s', req.user.id))|const text = util.format('%s says %s', req.user.name, req.body.template)|res.json({ text: util.format('%j', req.query) })|res.type('text').end(util.format('%s: %s', req.user, req.params.«w»))»;
sprintf | lines:req, «v2» | «return sprintf('%s: %s', req.query.format, «v2»)|return vsprintf('%s (%s)', [«v2», req.ip])|return sprintfjs.sprintf('%05d', «v2»)|return sprintf(FORMATS[req.query.pattern] «bar»«bar» '%s', «v2»)»;
socket | lines:socket, session | socket.on('message', (msg) => {⏎⇥«console.log('%s', msg, session)|debug('got %o from %s', msg, session.id)|socket.emit('reply', util.format('%s: %s', session.name, msg))|log.info({ msg }, 'message')»;⏎});
cli | lines | const [, , first, ...rest] = process.argv;⏎«console.log('%s', first, ...rest)|process.stdout.write(first + '\n')|process.stdout.write(vsprintf('%s %s', [first, rest[0]]))»;
express | top | «app|router».«get|post»('/«w»', «async |»(req, res) => {⏎⇥«const line = util.format('%s: %s', req.user.name, req.query.tpl)|const line = sprintf('%(user)s', { user: req.user })|const line = `${req.user.name}: ${req.body.tpl}`»;⏎⇥res.json({ line });⏎});
logger | top | class «T»Logger {⏎⇥constructor(out) {⏎⇥⇥this.out = out;⏎⇥}⏎⏎⇥request(req, user) {⏎⇥⇥this.out.write(util.format(«'%s %s\n', req.url|'GET %s by %s\n', req.url|'%s %j\n', req.headers.referer», user));⏎⇥}⏎}
""", "php": r"""intl | lines | $«v1» = $_«POST|GET|REQUEST»['«key»'];⏎«$s = MessageFormatter::formatMessage('en', '{0}: {1}', [$user, $«v1»])|$f = new MessageFormatter('en', 'Hello {0}')|$s = msgfmt_format_message('en', '{0,number}', [$«v1»])|$s = vsprintf('%s (%s)', [$user, $«v1»])»;
request | top | class «T»Controller⏎{⏎⇥public function «preview|show|notify»(Request $request)⏎⇥{⏎⇥⇥return «response(sprintf('%s: %s', $this->user->name, e($request->input('«key»'))))|new JsonResponse(vsprintf('%s %s', [$this->user, $request->get('«key»')]))|sprintf('%05d', $request->query('«key»'))»;⏎⇥}⏎}
argv | lines | «printf("%s\n", $argv[1])|fprintf(STDERR, "%s: %s\n", $argv[0], $argv[1])|vprintf("%s %s\n", array_slice($argv, 1, 2))|echo sprintf('Usage: %s <file>', $argv[0])|vfprintf(STDOUT, "%d/%d\n", $args)»;
rows | lines:$format | foreach ($this->«camel» as $row) {⏎⇥«printf("%d %s\n", $row['id'], $row['name'])|$out .= vsprintf('%s;%s', $row)|fprintf($fp, "%s,%s\n", $row['name'], $_POST['line'])»;⏎}
hdr | lines:$user | header('X-Message: ' . «sprintf('%s/%s', $user, rawurlencode($_GET['«key»']))|vsprintf('%s %s', [$user, session_id()])|sprintf('Hello %s', rawurlencode($user))»);
file | lines:$fp, $vars | while (($line = fgets($fp)) !== false) {⏎⇥«vprintf('%s: %s', [$vars[0], $line])|$body .= sprintf('%s (%s)', $line, $vars[0])|$out .= vsprintf("%s\n", [$line])»;⏎}
""", "ruby": r"""rails | top | class «P»Controller < ApplicationController⏎⇥def «show|preview|render_text»⏎⇥⇥«render plain: format('%s: %s', current_user.name, params[:«w»])|render json: { text: sprintf('%05d', @user.id) }|flash[:notice] = Kernel.format('Hi %<name>s', name: params[:name])»⏎⇥end⏎end
argv | lines | «printf("%s\n", ARGV[0])|$stdout.printf("%s %s\n", *ARGV.first(2))|puts format('%-10s %s', ARGV[0], ARGV[1])|$stderr.puts(ARGV[0])|STDOUT.printf('%d', gets.to_i)»
socket | lines:client, user | while (line = client.gets)⏎⇥«client.printf("%s\n", line)|client.printf("%s: %s", user, line)|client.puts format('%s %s', user, line.chomp)|logfile.print(line)»⏎end
each | lines:items, opts | items.each do |item|⏎⇥«puts format('%<id>d %<name>s', item.to_h)|printf("%s\t%s\n", opts[:format], item.name)|out << sprintf('%d: %s', item.id, item.name)|io.printf("%s\n", item.name)»⏎end
sinatra | top | «get|post» '/«w»' do⏎⇥content_type :json⏎⇥«sprintf('"%d"', params['«w»'].to_i)|format('{"user": %d}', session[:id])|Kernel.sprintf('%.2f', params['amount'].to_f)»⏎end
yaml | lines:request | text = «JSON.parse(request.body.read)['template']|request.headers['X-Format']|cookies[:format]»⏎«Kernel.format|Kernel.sprintf|format»('%<user>s: %<text>s', user: @user, text: text)
""", "rust": r"""libc | lines:msg: &str | let c = CString::new(msg).unwrap();⏎unsafe {⏎⇥«libc::printf(c"%s\n".as_ptr(), c.as_ptr())|libc::syslog(libc::LOG_INFO, FMT.as_ptr(), c.as_ptr())|libc::puts(c.as_ptr())|libc::snprintf(buf.as_mut_ptr(), buf.len(), c"%s".as_ptr(), c.as_ptr())»;⏎}
curses | lines:text: &str | «ncurses::|»«addstr(text)|mvaddstr(0, 0, text)|waddstr(stdscr(), text)|mvwaddstr(win, 1, 1, text)»;
query | top | async fn «greet|render|preview»(Query(q): Query<«P»>, State(st): State<App>) -> Result<String, Error> {⏎⇥«Ok(format!("{}: {}", st.user, q.template))|Ok(strfmt("{user}", &HashMap::from([("user".to_string(), q.template)]))?)»⏎}
args | lines | let text = «std::env::args().nth(1).unwrap()|std::env::var("«C»")?|matches.get_one::<String>("format").unwrap().clone()»;⏎«println!("{}", text)|println!("{}", sprintf::sprintf!("%s\n", text)?)|unsafe { libc::puts(CString::new(text)?.as_ptr()) }»;
""", "shell": r"""readloop | lines | while «IFS= |»read -r line; do⏎⇥«printf '%s\n' "$line"|printf "%s" "$line" >> "$LOG"|printf '%s%s\n' "$prefix" "$line" >&2|printf -v out '%q' "$line"»⏎done < "$1"
remote | lines | msg=$(«curl -s "$URL"|head -n 1 "$1"|nc -w 1 "$HOST" "$PORT"|cat "$2"»)⏎«printf '%s\n' "$msg"|printf "%s" "${msg}"|printf "%s: %s\n" "$0" "$msg"|echo "$msg"»
opts | lines | while getopts "f:«d»" opt; do⏎⇥case "$opt" in⏎⇥⇥f) «printf '%s\n' "$OPTARG"|printf '%s %s\n' "$OPTARG" "$NAME"» ;;⏎⇥esac⏎done
func | top | «print_status|usage_error|debug|notice»() {⏎⇥local text="$1"⏎⇥shift⏎⇥«printf '%s ' "$text" "$@"|printf '%s: %s\n' "$text" "$*"|[ -n "$VERBOSE" ] && printf '%s\n' "$text" >&2»⏎}
cgi | lines | name="${QUERY_STRING#*=}"⏎printf "Content-Type: text/plain\n\n"⏎«printf 'Hello %s\n' "$name"|printf '%s' "$name"|printf "%s\n" "${QUERY_STRING}"»
files | lines | for f in «"$@"|"$DIR"/*|*.log»; do⏎⇥«printf '%s\n' "$f"|printf '%s\t%s\n' "$(basename "$f")" "$n"|printf "Processing %s... " "$f"»⏎done
"""}


WEAK = {number: _Written(tables) for number, tables in ((1, _BUFFER), (8, _FORMAT),)}
ALIKE = {number: _Written(tables) for number, tables in ((1, _BUFFER_ALIKE), (8, _FORMAT_ALIKE),)}
