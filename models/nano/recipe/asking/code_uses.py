# SPDX-License-Identifier: Apache-2.0
"""Lines that use or mention a name and do not define it."""

CALLS = {
    "python": """{y} = {n}({z})|    return {n}({y}, {z})|        {n}({y})|if {n}({y}):|self.{y} = {n}({z})|for {y} in {n}({z}):|    {y}.append({n}({z}))|with {n}({y}) as {z}:
        |assert {n}({y}) == {z}|    await {n}({y})|from {y}.{z} import {n}, {y}|{y}.{n}({z})|@patch("{y}.{z}.{n}", autospec=True)|print({n}({y}))|    self.assertEqual({n}({y}), {z})|{y} = [{n}(item) for item in {z}]
        |    raise ValueError({n}({y}))|executor.submit({n}, {y})|{z}["{y}"] = {n}({y})|    except KeyError: {n}({y})""",
    "js": """const {y} = {n}({z});|  return {n}({y}, {z});|import { {n} } from './{y}';|if ({n}({y})) {|  await {n}({y});|{y}.on('{z}', {n});|{z}.map({n}).filter(Boolean);|expect({n}({y})).toBe({z});|this.{n}({y});
        |const { {n}, {y} } = require('./{z}');|  {y}: {n}({z}),|{y}.then({n});|setTimeout({n}, 100);|  throw {n}({y});|jest.spyOn({y}, '{n}');|<button onClick={{n}}>{y}</button>""",
    "go": """{y}, err := {n}({z})|	if err := {n}({y}); err != nil {|	return {n}({y}, {z})|	defer {n}({y})|	go {n}({y})|	s.{n}({y})|	{y} = append({y}, {n}({z}))|{y}.{n}(ctx, {z})|	if !{n}({y}) {|	assert.Equal(t, {z}, {n}({y}))""",
    "rust": """let {y} = {n}({z});|    {n}(&{y})?;|use crate::{y}::{n};|    self.{n}({y});|    {y}.iter().map({n}).collect()|    if {n}(&{y}) {|    assert_eq!({n}({y}), {z});|    Some({y}) => {n}({y}),|    {y}.{n}().await?;""",
    "c": """	{n}({y}, {z});|    int {y} = {n}({z});|    if ({n}({y}) < 0)|    return {n}({y});|    {y}->{z} = {n}({y});|    while ({n}(&{y})) {|    assert({n}({y}) == {z});|    free({n}({y}));|    case 3: {n}({y}); break;|    (void){n}({y});|    register_{z}(&{y}, {n});""",
    "java": """{y} = {n}({z});|        return {n}({y});|    this.{n}({y}, {z});|        if ({n}({y})) {|    assertEquals({z}, {y}.{n}({z}));|    {y}.{n}({z});|    {y}.stream().map(this::{n}).toList();|    var {y} = {z}.{n}();|        verify({y}).{n}(any());|    {y}.forEach({n});""",
    "php": """${y} = {n}(${z});|    return $this->{n}(${y});|$this->{n}(${y}, ${z});|    if ({n}(${y})) {|self::{n}(${y});|array_map('{n}', ${y});|    ${y}->{n}(${z});""",
    "ruby": """{y} = {n}({z})|    {n} {y}, {z}|  before_action :{n}, only: :{y}|    return if {n}({y})|{z}.each { \\|{y}\\| {n}({y}) }|expect({y}.{n}).to eq({z})|  {y}.{n}!(:{z})""",
    "shell": """{n} "${y}"|  {n} "$1" \\|\\| exit 1|{y}=$({n} "{z}")|if {n} {y}; then|{n} {y} >> {z}.log|trap {n} EXIT|  {n} && echo {y}""",
    "sql": """SELECT {n}({y}.id) FROM {y};|CALL {n}({y});|    PERFORM {n}(NEW.{y});|SELECT * FROM {y} WHERE {n}({z}) > 0;|DROP FUNCTION IF EXISTS {n};""",
    "make": """{y}: {n} {z}|	$(MAKE) {n} -C {y}|.PHONY: {n} {y}|	make {n} && echo {y}""",
}
TYPE_USES = {
    "python": """{y} = {n}({z})|from {y}.{z} import {n}, {y}_{z}|    def {z}(self, {y}: {n}) -> None:|isinstance({y}, {n})|    {y}: {n} \\| None = None|class {C}({n}):|except {n} as error:|    raise {n}("{y}")|{y}: list[{n}] = []|    return {n}.from_dict({y})""",
    "js": """const {y} = new {n}({z});|import {n} from './{y}';|class {C} extends {n} {|if ({y} instanceof {n}) {|  return new {n}({y});|<{n} {y}={{z}} />|{y}.push(new {n}());|expect({y}).toBeInstanceOf({n});|export { {n}, {C} };""",
    "go": """{y} := &{n}{}|func New{C}({y} *{n}) error {|	{y} []{n}|	var {y} {n} // {z}|func (s *{n}) {C}() error {|	{y} := make(map[string]{n})|	return {n}{}, nil|	case *{n}:""",
    "rust": """let {y} = {n}::new({z});|impl {n} {|impl Display for {n} {|use crate::{y}::{n};|    {y}: Vec<{n}>,|fn {z}({y}: &{n}) {|    Ok({n}::default())|impl From<{C}> for {n} {|    {y}: Option<{n}>,""",
    "c": """    {n} {y};|struct {n} *{y} = NULL;|void {z}(struct {n} *{y}) {|    sizeof(struct {n});|    struct {n} {y} = {0};|    {n} *{y} = ({n} *){z};|static struct {n} {y}[8];""",
    "cpp": """  {n} {y};|  std::vector<{n}> {y};|auto {y} = std::make_unique<{n}>({z});|void {C}(const {n}& {y});|class {C} : public {n} {|  return {n}({y}, {z});|std::optional<{n}> {y};|template class Pool<{n}>;""",
    "java": """{n} {y} = new {n}({z});|import com.{y}.{z}.{n};|    private final {n} {y};|public class {C} extends {n} {|    List<{n}> {y};|    return new {n}({y});|    @MockBean {n} {y};|        {n}.of({y});|    catch ({n} error) {""",
    "php": """use App\\{C}\\{n};|${y} = new {n}(${z});|class {C} extends {n}|public function {z}({n} ${y})|    return {n}::create(${y});|if (${y} instanceof {n}) {""",
    "ruby": """{y} = {n}.new({z})|  include {n} # {y}|class {C} < {n} # {y}|    {n}.find({y})|  rescue {n} => error|  belongs_to :{y}, class_name: "{n}" """,
    "sql": """SELECT {y}, {z} FROM {n};|INSERT INTO {n} ({y}) VALUES (1);|UPDATE {n} SET {y} = 0 WHERE id = 4;|DELETE FROM {n} WHERE {y} < 10;|JOIN {n} ON {n}.id = {y}.id|DROP TABLE {n};|ALTER TABLE {n} RENAME TO {y};|GRANT SELECT ON {n} TO {y};|SELECT {n} FROM {y} ORDER BY {z};|    ORDER BY {n} DESC""",
    "yaml": """      - {n} # {y}|    needs: [{n}, {y}]|  <<: [{n}, {z}]""",
    "css": """@include {n}(2px);|@extend .{n};|<div class="{n} {y}">|  animation: {n} 2s;|document.querySelector('.{n}');""",
    "docker": """COPY --from={n} /{y} /{z}|RUN echo {n} done""",
    "toml": """# see [{n}] in {y}.toml|{y} = config["{n}"]["{z}"]""",
}
CONST_USES = {
    "python": """if {y} > {n}:|time.sleep({n})|    return {y}[:{n}]|{y} = {z} * {n}|from {z}.config import {n}, {y}|for _ in range({n}):|assert len({y}) <= {n}, {z}|    {y}.{z}({n})|print("{y}", {n})|{y} = min({z}, {n})|settings.{n}|    wait({y}, timeout={n})|{y} = config.get("{n}")|self.assertEqual({n}, {y})|    {y} = args.{n} or {z}|if not {n}:|monkeypatch.setattr({y}, "{n}", {z})""",
    "js": """if ({y} > {n}) {|setTimeout({y}, {n});|import { {n} } from '../{y}/config';|const {y} = {z} * {n};|  return {y}.slice(0, {n});|console.log('{y}', {n});|{y}.{z}({n});|expect({n}).toBeGreaterThan({y});|  {y}: options.{n},|const { {n} } = require('./{y}');|this.{y} = config.{n};|  .limit({n})""",
    "go": """	if {y} > {n} {|	time.Sleep({n})|	{y} := {z} * {n}|	return {y}[:{n}]|	ctx, cancel := context.WithTimeout(ctx, {n})|	fmt.Println("{y}", {n})|	{y}.{z}({n})|	for i := 0; i < {n}; i++ {|	{y} = cfg.{n}.{z}|	viper.GetString("{n}")""",
    "rust": """    if {y} > {n} {|    let {y} = {z} * {n};|use crate::{y}::{n};|    {y}.take({n})|    assert!({y} <= {n});|    Vec::with_capacity({n})|    sleep({n}).await;|    {y}: self.{n}.clone(),|    println!("{}", {n});""",
    "c": """    if ({y} > {n})|    char {y}[{n}];|    for (i = 0; i < {n}; i++)|	{y} = {z} * {n};|    return {y} < {n};|    {z}({y}, {n});|#ifdef {n} /* {y} */|    switch ({y}) { case {n}: break; }|    usleep({n});|    {y}->{z} = opts.{n};|    assert({y} != {n});""",
    "java": """        if ({y} > {n}) {|    {y} = {z} * {n};|import static com.{y}.Config.{n};|        return {y}.limit({n});|    Thread.sleep({n});|    {z}({y}, {n});|    assertEquals({n}, {y});|        {y}.set{Z}(Limits.{n});|    config.getProperty("{n}");|    new {C}({n}, {y});""",
    "php": """if (${y} > {n}) {|    return self::{n};|${y} = ${z} * {n};|sleep({n});|    ${y} = $config['{n}'];|config('{z}.{n}');|$this->{y}({n});""",
    "ruby": """if {y} > {n}|  {y}.first({n})|sleep {n} if {y}|    {z} * {n} + 1|expect({n}).to be > {y}|  config.{n}.{y}|{y} = Rails.configuration.{n} \\|\\| {z}""",
    "shell": """echo "${n}"|if [ "${y}" -gt "${n}" ]; then|{y} --limit "${n}" {z}|curl -m "${n}" "${y}"|cd "${n}" \\|\\| exit 1|printf '%s\\n' "${n}"|export PATH="${n}:$PATH"|: "${{n}?not given}"|test -n "${n}" && {y}""",
    "config": """os.environ["{n}"]|config.get("{n}")|process.env.{n};|{y} = settings["{n}"]|const {y} = config['{n}'];|viper.GetInt("{n}")|{z}.getProperty("{n}");|if {y} > conf["{n}"]:|{{ .Values.{n} }}|ENV.fetch("{n}")|{y} := cfg.Get("{n}")""",
    "css": """  margin: var(--{n});|  {z}: calc(2 * var(--{n}));|  width: ${n};|getPropertyValue('--{n}');|  border: 1px solid var(--{n}, red);""",
    "make": """	$(CC) $({n}) -o {y}|	@echo "$({n})"|{y}: $({n})/{z}.o|ifdef {n} # {y}|	cp {y} $({n})/{z}""",
    "sql": """SELECT {n} FROM {y};|UPDATE {y} SET {z} = {n} + 1;|    ORDER BY {n} DESC|    GROUP BY {n}, {z}|WHERE {n} > 10|CREATE INDEX {y}_idx ON {z} ({n});|    AND {y}.{n} IS NOT NULL|COUNT({n}) AS {y}""",
    "usage": """./{y} --{n} 5 {z}|  $ {y} --{n} 10|args+=(--{n} 3)|{y} run --{n} "$1" {z}|subprocess.run(["{y}", "--{n}", "4"])|exec-{z} --{n} 2 # {y}""",
}
COMMENTS = """{n} applies to every {y}|see {n} in the {z} module|do not change {n} without asking the {y} team|{n} was {d} before the {y} moved
    |keep in step with {n} of the {z}|replaces the old {n} (issue {d})|TODO: move {n} to the {y} module|{n} is read once at start|why {n} matters: the {y} may stall
    |ask before raising {n} again|like {n}, but for the {y}|note: {n} must match the {z}|the {y} test relies on {n} too|{n} moved here in release {d}
    |FIXME {n} ignores the {y}|deprecated, use {n} instead of the {z}|{n} does not cover the {y}|tested together with {n}, see {z}"""
LOGS = """log.info("{n} reached, {y} waits")|logger.warn("{n} exceeded by {y}");|puts "{n} loaded"|fprintf(stderr, "{n} reached\\n");|log.Println("checked {n}")|console.warn('{n} ignored');|print("{n} seen", {y})|echo "{n} not given" >&2
    |INFO  {y}: {n} applied to {z}|[12:{d}] {z} {n} ok|expect(text).toContain('{n}');"""
COMMENT_MARKS = {"python": "# ", "ruby": "# ", "shell": "# ", "yaml": "# ", "toml": "# ", "ini": "# ", "env": "# ", "docker": "# ", "properties": "# ", "make": "# ", "sql": "-- ", "css": "/* ", "json": "// ", "usage": ""}

_LIKE = {"ts": "js", "cpp": "c", "kotlin": "java", "cs": "java", "yaml": "config", "toml": "config", "ini": "config", "json": "config",
         "env": "config", "docker": "config", "properties": "config"}


def _table(texts):
    return {language: [line.replace("\x00", "|").strip("\n") for line in _split(text)] for language, text in texts.items()}


def _split(text):
    """Alternatives part at a bar; a bar written \\| stays. Line breaks of this file do not count, indentation does."""
    parts = text.replace("\\|", "\x00").split("|")
    return [part.split("\n")[0].rstrip() for part in parts]


TABLES = {"const": _table(CONST_USES), "func": _table(CALLS), "type": _table(TYPE_USES)}
_COMMENTS, _LOGS = _split(COMMENTS), _split(LOGS)


def uses_of(kind, language, style):
    table = TABLES[kind]
    if kind == "const" and style in ("kebab", "dotted") and language not in ("css", "usage"):
        return table["usage"] if language in ("python", "go", "rust") else \
            [line for line in table["config"] if '"{n}"' in line or "'{n}'" in line]
    found = table.get(language) or table.get(_LIKE.get(language)) or table.get("config")
    return found or TABLES["func"]["shell"]


def use_line(rng, name, kind, language, style, nouns):
    return fill_use(rng, rng.choice(uses_of(kind, language, style)), name, nouns)


_SIGNS = [("go", ("viper.", ":=", "cfg.Get")), ("js", ("process.env", "const ", "querySelector", "getPropertyValue")), ("java", ("getProperty",)), ("ruby", ("ENV.fetch",)),
          ("yaml", (".Values",)), ("python", ("os.environ", "config.get(", "settings[", "conf[", "subprocess", "args+="))]
_SETTINGS = {language for language, like in _LIKE.items() if like == "config"} | {"css", "usage"}


def language_of_use(line, language):
    """A setting is read by programs: the language of the line that reads it."""
    if language not in _SETTINGS:
        return language
    found = next((name for name, signs in _SIGNS if any(sign in line for sign in signs)), None)
    return found or ("css" if language == "css" else "shell")


def comment_line(rng, name, language, nouns):
    mark = COMMENT_MARKS.get(language, "// ")
    text = fill_use(rng, rng.choice(_COMMENTS), name, nouns)
    return rng.choice(["", "", "    ", "  "]) + mark + text + (" */" if mark == "/* " else "")


def log_line(rng, name, nouns):
    return fill_use(rng, rng.choice(_LOGS), name, nouns)


def fill_use(rng, template, name, nouns):
    y, z = rng.choice(nouns), rng.choice(nouns)
    return (template.replace("{y}", y).replace("{z}", z).replace("{Z}", z.capitalize()).replace("{C}", z.capitalize() + y.capitalize())
            .replace("{d}", str(rng.randint(10, 59))).replace("{n}", name))
