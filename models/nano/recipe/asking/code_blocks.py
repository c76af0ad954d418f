# SPDX-License-Identifier: Apache-2.0
"""Functions, types and tables: how each language writes their first line, and a few lines behind it.

A form is `language | case style | line | body lines ;; ... | close`. {n} is the name, {p} the parameters, {r} a result
type, {x} the first parameter, {C} another type, {o} another name.
"""
import re

FUNCTIONS = r"""
python | snake | def {n}({p}): | {body} |
python | snake | def {n}({p}) -> {r}: | {body} |
python | snake | async def {n}({p}): | {body} |
python | snake |     def {n}(self, {p}): | {body} |
python | snake |     def {n}(self) -> {r}: | {body} |
python | snake | @staticmethod ;;     def {n}({p}): | {body} |
python | snake | {n} = lambda {p}: {x} | |
js | camel | function {n}({p}) { | {body} | }
js | camel | export function {n}({p}) { | {body} | }
js | camel | async function {n}({p}) { | {body} | }
js | camel | const {n} = ({p}) => { | {body} | };
js | camel | export const {n} = async ({p}) => { | {body} | };
js | camel |   {n}({p}) { | {body} |   }
js | camel |   async {n}({p}) { | {body} |   }
js | camel | exports.{n} = function ({p}) { | {body} | };
js | camel | {C}.prototype.{n} = function ({p}) { | {body} | };
js | camel | module.exports.{n} = ({p}) => {x}; | |
js | camel | export default function {n}({p}) { | {body} | }
ts | camel | export function {n}({p}): {r} { | {body} | }
ts | camel |   private {n}({p}): {r} { | {body} |   }
ts | camel |   public async {n}({p}): Promise<{r}> { | {body} |   }
ts | camel | const {n} = ({p}): {r} => { | {body} | };
go | pascal | func {n}({p}) {r} { | {body} | }
go | camel | func {n}({p}) error { | {body} | }
go | pascal | func (s *{C}) {n}({p}) ({r}, error) { | {body} | }
go | pascal | func (c {C}) {n}() {r} { | {body} | }
go | camel | func {n}[T any]({p}) T { | {body} | }
rust | snake | fn {n}({p}) -> {r} { | {body} | }
rust | snake | pub fn {n}({p}) -> Result<{r}, Error> { | {body} | }
rust | snake |     pub fn {n}(&self, {p}) -> {r} { | {body} |     }
rust | snake | pub async fn {n}({p}) { | {body} | }
rust | snake |     fn {n}(&mut self) -> Option<{r}> { | {body} |     }
rust | snake | pub(crate) fn {n}<T: Clone>({p}) -> Vec<T> { | {body} | }
rust | snake | macro_rules! {n} { |     ($x:expr) => { $x }; | }
c | snake | int {n}({p}) | {{ ;; {body} | }
c | snake | static int {n}({p}) { | {body} | }
c | snake | void {n}({p}) { | {body} | }
c | snake | static inline bool {n}({p}) | {{ ;; {body} | }
c | camel | double {n}({p}) { | {body} | }
c | snake | struct {o} *{n}({p}) | {{ ;; {body} | }
c | snake | int {n}({p}); | |
c | snake | extern void {n}({p}); | |
c | upper | #define {n}({x}) (({x}) * 2) | |
c | upper | #define {n}({x}, {o}) \\ |     do { ({x})->{o} = 0; } while (0) |
c | snake | static int ;; {n} ({p}) | {{ ;; {body} | }
c | snake | void ;; {n}({p}) | {{ ;; {body} | }
c | snake | static struct {o} * ;; {n}({p}) | {{ ;; {body} | }
c | snake | static unsigned long long ;; {n} ({p}) | {{ ;; {body} | }
c | snake | int ;; {n} ({x}, {o}) |     int {x}, {o}; ;; {{ ;; {body} | }
c | snake | static const struct {o}_ops *{n}({p}) | {{ ;; {body} | }
c | snake | static inline const unsigned char *{n}({p}) { | {body} | }
c | snake | EXPORT_API {o}_status_t {n}({p}) | {{ ;; {body} | }
cpp | pascal | {r} {n}({p}) { | {body} | }
cpp | camel | {r} {C}::{n}({p}) const { | {body} | }
cpp | snake | auto {n}({p}) -> {r} { | {body} | }
cpp | pascal |   void {n}({p}); | |
cpp | pascal |   virtual {r} {n}({p}) const = 0; | |
cpp | pascal | Result<{C}> {n}({p}) { | {body} | }
cpp | snake | template <typename T> ;; T {n}({p}) { | {body} | }
java | camel | public {r} {n}({p}) { | {body} | }
java | camel |     private {r} {n}({p}) { | {body} |     }
java | camel |     public static {r} {n}({p}) throws IOException { | {body} |     }
java | camel |     @Override ;;     public {r} {n}({p}) { | {body} |     }
java | camel |     void {n}({p}); | |
java | camel |     protected final {r} {n}() { | {body} |     }
kotlin | camel | fun {n}({p}): {r} { | {body} | }
kotlin | camel |     suspend fun {n}({p}) { | {body} |     }
kotlin | camel | private fun {n}({p}) = {x} | |
kotlin | camel |     override fun {n}({p}): {r} { | {body} |     }
kotlin | camel | fun {C}.{n}(): {r} { | {body} | }
cs | pascal | public {r} {n}({p}) | {{ ;; {body} | }
cs | pascal |     private static {r} {n}({p}) |     {{ ;; {body} |     }
cs | pascal |     public async Task<{r}> {n}({p}) |     {{ ;; {body} |     }
cs | pascal |     public override {r} {n}({p}) => {x}; | |
cs | pascal |     internal void {n}({p}) { | {body} |     }
php | camel | public function {n}({p}) | {{ ;; {body} | }
php | snake | function {n}({p}) { | {body} | }
php | camel |     private function {n}({p}): {r} |     {{ ;; {body} |     }
php | camel |     public static function {n}({p}) { | {body} |     }
ruby | snake | def {n}({p}) | {body} | end
ruby | snake |   def self.{n}({p}) | {body} |   end
ruby | snake |   def {n}(*args) | {body} |   end
ruby | snake | define_method(:{n}) do \|{x}\| | {body} | end
ruby | snake |   scope :{n}, -> { where(state: 1) } | |
shell | snake | {n}() { | {body} | }
shell | snake | function {n} { | {body} | }
shell | snake | {n} () | {{ ;; {body} | }
shell | kebab | {n}() { | {body} | }
make | kebab | {n}: {x} | 	@echo building {o} |
make | snake | {n}: | 	./scripts/{o}.sh |
sql | snake | CREATE FUNCTION {n}({x} INT) RETURNS INT AS $$ | BEGIN ;;     RETURN {x}; ;; END; | $$ LANGUAGE plpgsql;
sql | snake | CREATE OR REPLACE PROCEDURE {n}() | LANGUAGE SQL | AS $$ $$;
sql | snake | CREATE TRIGGER {n} AFTER INSERT ON {o} | FOR EACH ROW EXECUTE FUNCTION notify(); |
"""

TYPES = r"""
python | pascal | class {n}: | {field} |
python | pascal | class {n}({C}): | {field} |
python | pascal | @dataclass ;; class {n}: | {field} |
python | pascal | class {n}(Exception): |     pass |
python | pascal | class {n}(Enum): |     ACTIVE = 1 |
python | pascal | class {n}(BaseModel): | {field} |
python | pascal | {n} = namedtuple("{n}", ["{x}", "{o}"]) | |
python | pascal | {n} = NewType("{n}", int) | |
python | pascal | class {n}(Protocol): | {field} |
js | pascal | class {n} { | {field} | }
js | pascal | export class {n} extends {C} { | {field} | }
js | pascal | export default class {n} { | {field} | }
js | pascal | function {n}({x}) { |   this.{x} = {x}; | }
js | pascal | const {n} = React.memo(({ {x} }) => { |   return null; | });
ts | pascal | export interface {n} { | {field} | }
ts | pascal | export type {n} = { | {field} | };
ts | pascal | type {n} = {C} \| null; | |
ts | pascal | export abstract class {n} implements {C} { | {field} | }
ts | pascal | export enum {n} { |   {C} = 'a', | }
go | pascal | type {n} struct { | {field} | }
go | pascal | type {n} interface { | 	Close() error | }
go | pascal | type {n} func({x} string) error | |
go | pascal | type {n} = {C} | |
go | camel | type {n} int | |
rust | pascal | pub struct {n} { | {field} | }
rust | pascal | struct {n}(u64); | |
rust | pascal | #[derive(Debug, Clone)] ;; pub enum {n} { |     {C}, | }
rust | pascal | pub trait {n} { |     fn run(&self); | }
rust | pascal | type {n} = HashMap<String, {C}>; | |
c | snake | struct {n} { | {field} | };
c | snake | typedef struct {n} { | {field} | } {o}_t;
c | snake | enum {n} { |     FIRST, | };
c | snake | union {n} { | {field} | };
c | pascal | typedef int (*{n})(void *context); | |
cpp | pascal | class {n} { |  public: | };
cpp | pascal | class {n} final : public {C} { |  public: | };
cpp | pascal | struct {n} { | {field} | };
cpp | pascal | enum class {n} : uint8_t { |   kNone, | };
cpp | pascal | using {n} = std::vector<{C}>; | |
cpp | snake | namespace {n} { | | }
java | pascal | public class {n} { | {field} | }
java | pascal | public class {n} extends {C} { | {field} | }
java | pascal | public interface {n} { |     void close(); | }
java | pascal | public record {n}(String {x}, int {o}) { | | }
java | pascal | final class {n} implements {C} { | {field} | }
java | pascal | public enum {n} { |     NONE, | }
kotlin | pascal | class {n}(private val {x}: {C}) { | | }
kotlin | pascal | data class {n}( |     val {x}: Int, | )
kotlin | pascal | sealed class {n} { | | }
kotlin | pascal | object {n} { | | }
kotlin | pascal | interface {n} { | | }
kotlin | pascal | typealias {n} = Map<String, {C}> | |
cs | pascal | public class {n} | {{ ;; {field} | }
cs | pascal | public class {n} : {C} | {{ ;; {field} | }
cs | pascal | public sealed record {n}(int {C}); | |
cs | pascal | public interface {n} : IDisposable | {{ | }
cs | pascal | internal struct {n} { | {field} | }
cs | pascal | public enum {n} { | 	None, | }
php | pascal | class {n} extends {C} | {{ | }
php | pascal | final class {n} implements {C} { | {field} | }
php | pascal | interface {n} { | | }
php | pascal | trait {n} { | {field} | }
ruby | pascal | class {n} < {C} |   attr_reader :{x} | end
ruby | pascal | module {n} # {o} |   extend self | end
ruby | pascal | {n} = Struct.new(:{x}, :{o}) | |
ruby | pascal | class {n} < StandardError; end | |
sql | snake | CREATE TABLE {n} ( |     id SERIAL PRIMARY KEY, ;;     {x} TEXT | );
sql | snake | create table if not exists {n} ( |     id integer primary key | );
sql | snake | CREATE VIEW {n} AS |     SELECT id, {x} FROM {o}; |
sql | snake | CREATE INDEX {n} ON {o} ({x}); | |
sql | snake | CREATE UNIQUE INDEX {n} ON {o} ({x}, created_at); | |
sql | snake | CREATE TYPE {n} AS ENUM ('open', 'closed'); | |
sql | snake |     {n} TIMESTAMP NOT NULL, | |
sql | snake |     {n} BIGINT REFERENCES {o} (id), | |
sql | snake |     {n} TEXT, | |
yaml | kebab |   {n}: # {o} |     image: {x}:latest |
yaml | snake |   {n}: &{o} |     retries: 3 |
yaml | kebab | - name: {n} # {x} |   run: make {o} |
css | kebab | .{n} { |   display: flex; | }
css | kebab | #{n} > .{o} { |   margin: 0; | }
css | kebab | @mixin {n}($size) { |   width: $size; | }
css | kebab | @keyframes {n} { |   from { opacity: 0; } | }
toml | kebab | [{n}] | enabled = true |
ini | snake | [{n}] | enabled = yes |
docker | kebab | FROM debian:stable AS {n} # {o} | RUN make {o} |
"""
SELF_TYPED = {"python": ("int", "str", "bool", "float", "dict", "list[str]", "Path", "tuple[int, int]"),
              "ts": ("number", "string", "boolean", "void", "string[]", "Date", "Record<string, number>"),
              "go": ("int", "string", "bool", "float64", "[]byte", "map[string]int", "time.Time", "[]string"),
              "rust": ("u32", "String", "bool", "f64", "usize", "&str", "Vec<u8>", "Option<u64>"),
              "cpp": ("int", "std::string", "bool", "double", "size_t", "const std::string&", "std::vector<int>", "std::string_view"),
              "java": ("int", "String", "boolean", "long", "void", "List<String>", "Map<String, Integer>", "Instant"),
              "kotlin": ("Int", "String", "Boolean", "Long", "List<String>", "Instant"),
              "cs": ("int", "string", "bool", "double", "IEnumerable<string>", "DateTime", "List<int>"), "php": ("int", "string", "bool", "array")}
C_TYPES = ("int", "const char *", "size_t", "double", "void *", "uint32_t", "unsigned", "const struct timespec *", "char **", "long")


class BlockForm:
    __slots__ = ("language", "style", "before", "line", "body", "close")

    def __init__(self, text):
        parts = [part.replace("\x00", "|") for part in re.split(r" \|(?= |$)", text.replace(r"\|", "\x00"))]
        parts = [parts[0]] + [part[1:] for part in parts[1:]] + [""] * 5
        self.language, self.style = parts[0].strip(), parts[1].strip()
        self.before, _, line = parts[2].rpartition(" ;; ")
        self.line = line.rstrip()
        self.body = [line.rstrip().replace("{{", "{") for line in parts[3].split(" ;; ")] if parts[3].strip() else []
        self.close = parts[4].rstrip()


def _table(text):
    by_language = {}
    for line in text.strip("\n").split("\n"):
        form = BlockForm(line)
        by_language.setdefault(form.language, []).append(form)
    return by_language


FUNCTION_FORMS, TYPE_FORMS = _table(FUNCTIONS), _table(TYPES)


def parameters(rng, nouns, language):
    names = rng.sample(nouns, min(len(nouns), rng.choice([0, 1, 1, 2, 2, 3])))
    if language in ("js", "ruby"):
        shown = names
    elif language == "php":
        shown = ["$" + name for name in names]
    elif language in ("c",):
        shown = [_c_parameter(rng, name) for name in names] or ["void"]
    elif language in ("java", "cs", "cpp"):
        shown = [rng.choice([kind for kind in SELF_TYPED[language] if kind != "void"]) + " " + name for name in names]
    elif language == "go":
        shown = [name + " " + rng.choice(SELF_TYPED["go"]) for name in names]
    elif language == "python" and rng.random() < .5:
        shown = [name + rng.choice(["", "", "=None", "=0", "=True", ": int", ": str", ": list[str]", ": str = \"\"", ": float = 1.0"]) for name in names]
    elif language in ("ts", "rust", "kotlin"):
        shown = [name + ": " + rng.choice([kind for kind in SELF_TYPED[language] if kind != "void"]) for name in names]
    else:
        shown = names
    if language == "python" and any("=" in text for text in shown):
        shown = [text for text in shown if "=" not in text] + [text for text in shown if "=" in text]
    return (names or ["value"])[0], ", ".join(shown)


def _c_parameter(rng, name):
    kind = rng.choice(C_TYPES)
    return kind + name if kind.endswith("*") else kind + " " + name


BODIES = {
    "python": ["return {x}", "return len({x})", "for {y} in {x}:", "if not {x}:", "{z} = []", "raise NotImplementedError", "log.debug(\"{y} %s\", {x})", "return self.{y}.{z}", "with self.lock:", "\"\"\"Returns the {y} of a {z}.\"\"\"", "pass", "yield {x}"],
    "js": ["return {x};", "const {y} = {x} + 1;", "if (!{x}) return null;", "this.{y} = {x};", "return {x}.map(({y}) => {y}.{z});", "let {z} = 0;", "console.log('{y}');"],
    "go": ["return nil", "if {x} == nil {", "{y} := make([]string, 0)", "defer s.mu.Unlock()", "for _, {z} := range {x} {", "log.Println(\"{y}\")"],
    "rust": ["let {y} = {x};", "{x}.len()", "todo!()", "self.{y}.{z}()", "Ok({x})", "if {x}.is_empty() { return None; }"],
    "c": ["return 0;", "int {y} = 0;", "if ({x} == NULL) return -1;", "{y} += {z};", "for (int i = 0; i < {x}; i++) {", "assert({x});"],
    "java": ["return {x};", "int {y} = 0;", "this.{y} = {x};", "if ({x} == null) {", "return {y}.stream().map({z}).toList();", "log.info(\"{y} started\");"],
    "php": ["return ${x};", "$this->{y} = ${x};", "if (!${x}) {", "${z} = [];", "return count(${x});"],
    "ruby": ["{x}.map(&:{y})", "return unless {x}", "@{y} ||= {z}.new", "{x}.size", "puts '{y}'"],
    "shell": ["local {y}=\"$1\"", "echo \"{y}\"", "cd \"$root\" || return 1", "if [ -z \"$1\" ]; then", "return 0"],
    "sql": ["RETURN {x};"], "make": ["\t@echo {y}"],
}
BODY_LIKE = {"ts": "js", "cpp": "c", "kotlin": "rust_like", "cs": "java"}
BODIES["rust_like"] = ["return {x}", "val {y} = {x}", "{x}.forEach { {y} }", "this.{y} = {x}", "if ({x} == null) return", "println(\"{y}\")"]
FIELDS = {
    "python": ["    {x}: int = 0", "    {x}: str", "    def __init__(self, {x}):", "    \"\"\"A {y} with its {x}.\"\"\"", "    {x} = None"],
    "js": ["  constructor({x}) {", "  {x} = null;", "  #{x} = 0;"], "ts": ["  {x}: string;", "  readonly {x}?: number;", "  {x}: {C}[];"],
    "go": ["\t{X} string", "\t{x}  int", "\tmu sync.Mutex"], "rust": ["    pub {x}: u32,", "    {x}: String,", "    {x}: Option<{C}>,"],
    "c": ["    int {x};", "    char {x}[32];", "    struct {y} *{x};", "\tsize_t {x};"], "cpp": ["  int {x};", "  std::string {x};", "  std::vector<{C}> {x};"],
    "java": ["    private String {x};", "    private final {C} {x};", "    int {x};"], "cs": ["    public int {X} { get; set; }", "    private readonly {C} {x};"],
    "php": ["    private ${x};", "    public int ${x} = 0;"],
}


def indent_of(line):
    return line[:len(line) - len(line.lstrip())]


def body_lines(rng, nouns, language, first, indentation):
    table = BODIES.get(BODY_LIKE.get(language, language)) or BODIES["js"]
    step = {"go": "\t", "make": "", "js": "  ", "ts": "  ", "ruby": "  ", "cpp": "  "}.get(language, "    ")
    lines = []
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        line = rng.choice(table).replace("{x}", first).replace("{y}", rng.choice(nouns)).replace("{z}", rng.choice(nouns))
        lines.append(indentation + step + line)
    return lines
