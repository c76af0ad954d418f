# SPDX-License-Identifier: Apache-2.0
"""Writes past the end of memory in languages that rarely make them: raw pointers, foreign memory and bindings to C, each with a
bounded twin. Training only; rows as in natural.py."""

_WEAK = {"csharp": r"""memcopy | lines:byte[] «v2» | fixed (byte* src = «v2»)⏎{⏎⇥Buffer.MemoryCopy(src, «v1», «v2».Length, «v2».Length);«!»⏎}
marshal | lines:byte[] «v2» | IntPtr «v1» = Marshal.AllocHGlobal(«64|128|256|1024|BufferSize»);⏎Marshal.Copy(«v2», 0, «v1», «v2».Length);«!»
stackalloc | lines:byte[] «v2» | byte* «v1» = stackalloc byte[«32|64|128|256»];⏎for (int i = 0; i < «v2».Length; i++)⏎⇥«v1»[i] = «v2»[i];«!»
copyblock | lines:ReadOnlySpan<byte> «v2», «ref byte «v1»|void* «v1»» | Unsafe.CopyBlock(ref «v1», ref MemoryMarshal.GetReference(«v2»), (uint)«v2».Length);«!»
chars | lines:string «v2» | char* «v1» = stackalloc char[«16|32|64»];⏎fixed (char* p = «v2»)⏎{⏎⇥«for (char* q = p; *q != 0; q++) *«v1»++ = *q;|while (*p != 0) *«v1»++ = *p++;»«!»⏎}
import | lines:string «v2» | var «v1» = new StringBuilder(«16|64|128»);⏎NativeMethods.«strcpy|lstrcpy|StrCpy»(«v1», «v2»);«!»
""", "go": r"""cmemcpy | lines:«v1» unsafe.Pointer, «v2» []byte | C.memcpy(«v1», unsafe.Pointer(&«v2»[0]), C.size_t(len(«v2»)))«!»
cstrcpy | lines:«v2» string | «v1» := (*C.char)(C.malloc(«64|128|256»))⏎cs := C.CString(«v2»)⏎C.strcpy(«v1», cs)«!»⏎C.free(unsafe.Pointer(cs))
slice | lines:«v1» *C.char, «v2» []byte | dst := «unsafe.Slice((*byte)(unsafe.Pointer(«v1»)), len(«v2»))|(*[1 << 30]byte)(unsafe.Pointer(«v1»))[:len(«v2»):len(«v2»)]»⏎copy(dst, «v2»)«!»
sprintf | lines:«v2» string | var «v1» [«32|64|128»]C.char⏎cs := C.CString(«v2»)⏎defer C.free(unsafe.Pointer(cs))⏎C.strcat(&«v1»[0], cs)«!»
""", "python": r"""memmove | lines:«v2» | «v1» = ctypes.create_string_buffer(«64|128|256|1024»)⏎ctypes.memmove(«v1», «v2», len(«v2»))«!»
strcpy | lines:«v2» | «v1» = «ctypes.create_string_buffer(32)|(ctypes.c_char * 64)()»⏎«libc|lib|_libc».«strcpy|strcat|sprintf»(«v1», «v2».encode())«!»
cffi | lines:«v2» | «v1» = ffi.new("char[]", «32|64|256»)⏎ffi.memmove(«v1», «v2», len(«v2»))«!»
pointer | lines:«v1», «v2» | p = ctypes.cast(«v1», ctypes.POINTER(ctypes.c_ubyte))⏎for i, b in enumerate(«v2»):⏎⇥p[i] = b«!»
""", "java": r"""unsafe | lines:long «v1», byte[] «v2» | «UNSAFE|unsafe|U».copyMemory(«v2», Unsafe.ARRAY_BYTE_BASE_OFFSET, null, «v1», «v2».length);«!»
putbyte | lines:byte[] «v2» | long «v1» = unsafe.allocateMemory(«64|128|256|PAGE»);⏎for (int i = 0; i < «v2».length; i++) {⏎⇥unsafe.putByte(«v1» + i, «v2»[i]);«!»⏎}
jna | lines:byte[] «v2» | Pointer «v1» = new «Memory(64)|Pointer(handle)|Memory(BUF_SIZE)»;⏎«v1».write(0, «v2», 0, «v2».length);«!»
clib | lines:Pointer «v1», String «v2» | CLibrary.INSTANCE.«strcpy|strcat|sprintf»(«v1», «v2»);«!»
segment | lines:MemorySegment «v1», byte[] «v2» | MemorySegment.copy(«v2», 0, «v1».reinterpret(«v2».length), ValueLayout.JAVA_BYTE, 0, «v2».length);«!»
""", "javascript typescript": r"""ref | lines:«v2» | const «v1» = Buffer.alloc(«32|64|128»);⏎«libc|lib|native».«strcpy|strcat|sprintf»(«v1», «v2»);«!»
wasm | lines:«v2» | const «v1» = instance.exports.malloc(«64|128|256»);⏎new Uint8Array(instance.exports.memory.buffer).set(«v2», «v1»);«!»
heap | lines:«v2» | const «v1» = Module._malloc(«64|256|1024»);⏎«Module.HEAPU8.set(«v2», «v1»)|writeArrayToMemory(«v2», «v1»)|stringToUTF8(«v2», «v1», lengthBytesUTF8(«v2») + 1)»;«!»
""", "php": r"""ffi | lines:$«v2» | $«v1» = FFI::new('char[«32|64|128»]');⏎FFI::memcpy($«v1», $«v2», strlen($«v2»));«!»
fficall | lines:$«v2» | $«v1» = $ffi->new('char[«32|64|256»]');⏎$ffi->«strcpy|strcat»($«v1», $«v2»);«!»
""", "ruby": r"""fiddle | lines:«v2» | «v1» = Fiddle.malloc(«32|64|128»)⏎Fiddle::Pointer.new(«v1»)[0, «v2».bytesize] = «v2»«!»
ffi | lines:«v2» | «v1» = FFI::MemoryPointer.new(:char, «32|64|256»)⏎«LibC|Native».«strcpy|strcat»(«v1», «v2»)«!»
bytes | lines:«v1», «v2» | «v1».put_bytes(0, «v2», 0, «v2».bytesize)«!»
""", "cpp": r"""copyn | lines:const std::vector<uint8_t>& «v2» | uint8_t «v1»[«64|128|256»];⏎std::«copy(«v2».begin(), «v2».end(), «v1»)|memcpy(«v1», «v2».data(), «v2».size())»;«!»
string | lines:const std::string& «v2» | char «v1»[«32|64|128»];⏎«std::copy(«v2».begin(), «v2».end(), «v1»)|strcpy(«v1», «v2».c_str())|std::strcpy(«v1», «v2».data())|memcpy(«v1», «v2».c_str(), «v2».length() + 1)»;«!»
qt | lines:const QByteArray& «v2» | char «v1»[«64|256|1024»];⏎«memcpy(«v1», «v2».constData(), «v2».size())|qstrcpy(«v1», «v2».constData())»;«!»
header | lines:std::istream& «v3» | uint32_t «v2» = 0;⏎char «v1»[«256|512|4096»];⏎«v3».read(reinterpret_cast<char*>(&«v2»), sizeof(«v2»));⏎«v3».read(«v1», «v2»);«!»
""", "c": r"""lenfield | lines:const unsigned char *«v2» | unsigned char «v1»[«64|256»];⏎unsigned int n = «v2»[0] << 8 | «v2»[1];⏎«memcpy|memmove»(«v1», «v2» + 2, n);«!»
index | lines:int i, int value | static int «v1»[«16|32|64»];⏎«v1»[i] = value;«!»
"""}
_ALIKE = {"csharp": r"""memcopy | lines:byte[] «v2» | fixed (byte* src = «v2»)⏎{⏎⇥Buffer.MemoryCopy(src, «v1», capacity, Math.Min(capacity, «v2».Length));⏎}
marshal | lines:byte[] «v2» | IntPtr «v1» = Marshal.AllocHGlobal(«v2».Length);⏎Marshal.Copy(«v2», 0, «v1», «v2».Length);
stackalloc | lines:byte[] «v2» | byte* «v1» = stackalloc byte[64];⏎for (int i = 0; i < «v2».Length && i < 64; i++)⏎⇥«v1»[i] = «v2»[i];
span | lines:byte[] «v2» | Span<byte> «v1» = stackalloc byte[«64|128»];⏎«v2».AsSpan(0, Math.Min(«v2».Length, «v1».Length)).CopyTo(«v1»);
managed | lines:byte[] «v2» | var «v1» = new byte[«v2».Length];⏎«Buffer.BlockCopy(«v2», 0, «v1», 0, «v2».Length)|Array.Copy(«v2», «v1», «v2».Length)»;
import | lines:string «v2» | var «v1» = new StringBuilder(«v2».Length + 1);⏎NativeMethods.strcpy(«v1», «v2»);
""", "go": r"""cmemcpy | lines:«v1» unsafe.Pointer, size int, «v2» []byte | if len(«v2») > size {⏎⇥return errTooLong⏎}⏎C.memcpy(«v1», unsafe.Pointer(&«v2»[0]), C.size_t(len(«v2»)))
cstring | lines:«v2» string | «v1» := C.CString(«v2»)⏎defer C.free(unsafe.Pointer(«v1»))⏎C.«send|open_log|set_name»(«v1»)
alloc | lines:«v2» []byte | «v1» := C.malloc(C.size_t(len(«v2»)))⏎C.memcpy(«v1», unsafe.Pointer(&«v2»[0]), C.size_t(len(«v2»)))
slice | lines:«v1» *C.char, size int, «v2» []byte | dst := unsafe.Slice((*byte)(unsafe.Pointer(«v1»)), size)⏎copy(dst, «v2»)
copy | lines:«v2» []byte | «v1» := make([]byte, «64|len(«v2»)|128»)⏎copy(«v1», «v2»)
""", "python": r"""memmove | lines:«v2» | «v1» = ctypes.create_string_buffer(len(«v2»))⏎ctypes.memmove(«v1», «v2», len(«v2»))
least | lines:«v2» | «v1» = ctypes.create_string_buffer(256)⏎ctypes.memmove(«v1», «v2», min(len(«v2»), ctypes.sizeof(«v1»)))
strncpy | lines:«v2» | «v1» = ctypes.create_string_buffer(64)⏎libc.strncpy(«v1», «v2».encode(), 63)
cffi | lines:«v2» | «v1» = ffi.new("char[]", «v2»)⏎lib.«send|parse|open»(«v1», len(«v2»))
""", "java": r"""unsafe | lines:long «v1», int size, byte[] «v2» | unsafe.copyMemory(«v2», Unsafe.ARRAY_BYTE_BASE_OFFSET, null, «v1», Math.min(size, «v2».length));
putbyte | lines:byte[] «v2» | long «v1» = unsafe.allocateMemory(«v2».length);⏎for (int i = 0; i < «v2».length; i++) {⏎⇥unsafe.putByte(«v1» + i, «v2»[i]);⏎}
jna | lines:byte[] «v2» | Memory «v1» = new Memory(«v2».length);⏎«v1».write(0, «v2», 0, «v2».length);
array | lines:byte[] «v2» | byte[] «v1» = new byte[64];⏎System.arraycopy(«v2», 0, «v1», 0, Math.min(64, «v2».length));
segment | lines:MemorySegment «v1», byte[] «v2» | MemorySegment.copy(«v2», 0, «v1», ValueLayout.JAVA_BYTE, 0, «v2».length);
""", "javascript typescript": r"""ref | lines:«v2» | const «v1» = Buffer.alloc(64);⏎«v1».write(«v2», 0, 63, 'utf8');
wasm | lines:«v2» | const «v1» = instance.exports.malloc(«v2».length);⏎new Uint8Array(instance.exports.memory.buffer).set(«v2», «v1»);
heap | lines:«v2» | const «v1» = Module._malloc(256);⏎stringToUTF8(«v2», «v1», 256);
copy | lines:«v2» | const «v1» = Buffer.alloc(«32|64|128»);⏎«v2».copy(«v1», 0, 0, «v1».length);
""", "php": r"""ffi | lines:$«v2» | $«v1» = FFI::new('char[64]');⏎FFI::memcpy($«v1», $«v2», min(64, strlen($«v2»)));
fficall | lines:$«v2» | $«v1» = $ffi->new('char[64]');⏎$ffi->strncpy($«v1», $«v2», 63);
""", "ruby": r"""fiddle | lines:«v2» | «v1» = Fiddle.malloc(«v2».bytesize)⏎Fiddle::Pointer.new(«v1»)[0, «v2».bytesize] = «v2»
ffi | lines:«v2» | «v1» = FFI::MemoryPointer.from_string(«v2»)⏎Native.«send|open»(«v1»)
bytes | lines:«v1», «v2» | «v1».put_bytes(0, «v2», 0, [«v2».bytesize, «v1».size].min)
""", "cpp": r"""copyn | lines:const std::vector<uint8_t>& «v2» | uint8_t «v1»[128];⏎std::memcpy(«v1», «v2».data(), std::min(«v2».size(), sizeof(«v1»)));
grown | lines:const std::vector<uint8_t>& «v2» | std::vector<uint8_t> «v1»(«v2».size());⏎std::«copy(«v2».begin(), «v2».end(), «v1».begin())|memcpy(«v1».data(), «v2».data(), «v2».size())»;
qt | lines:const QByteArray& «v2» | char «v1»[256];⏎qstrncpy(«v1», «v2».constData(), sizeof(«v1»));
header | lines:std::istream& «v3» | uint32_t «v2» = 0;⏎char «v1»[512];⏎«v3».read(reinterpret_cast<char*>(&«v2»), sizeof(«v2»));⏎«v3».read(«v1», std::min<size_t>(«v2», sizeof(«v1»)));
""", "c": r"""loop | lines:const char *«v2» | char «v1»[64];⏎size_t i = 0;⏎while («v2»[i] && i < sizeof(«v1») - 1) {⏎⇥«v1»[i] = «v2»[i];⏎⇥i++;⏎}
lenfield | lines:const unsigned char *«v2» | unsigned char «v1»[256];⏎unsigned int n = «v2»[0];⏎if (n > sizeof(«v1»))⏎⇥return -1;⏎memcpy(«v1», «v2» + 1, n);
index | lines:int i, int value | static int «v1»[32];⏎if (i < 0 || i >= 32)⏎⇥return;⏎«v1»[i] = value;
"""}
WEAK, ALIKE = {1: _WEAK}, {1: _ALIKE}
