// SPDX-License-Identifier: Apache-2.0
// Checks of the families about C's memory and format strings.
#include <re2/re2.h>

#include <charconv>

#include "agent/checks_source.h"

namespace fathom {
namespace {

re2::StringPiece Text(std::string_view text) {
  return {text.data(), text.size()};
}
bool Says(std::string_view text, const re2::RE2& pattern) {
  return re2::RE2::PartialMatch(Text(text), pattern);
}

// The size of `char name[N]` declared above, when it is a number.
std::optional<size_t> ArraySize(const SourceText& source, std::string_view name,
                                StatementLines lines) {
  if (!IsIdentifier(name)) return std::nullopt;
  const re2::RE2 declared(
      R"(\b(?:char|unsigned char|uint8_t|wchar_t|int8_t)\s+(?:\w+(?:\[\w*\])?\s*,\s*)*)" +
      re2::RE2::QuoteMeta(Text(name)) + R"(\s*\[\s*(\d+)\s*\])");
  re2::StringPiece digits;
  if (!re2::RE2::PartialMatch(Text(source.Before(lines).blank), declared, &digits))
    return std::nullopt;
  size_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  return error == std::errc() ? std::optional(size) : std::nullopt;
}

// Directives of a format literal that write as much as their argument holds.
bool HasUnboundedText(std::string_view format, bool scan) {
  static const re2::RE2 kPrint(R"(%[-+ #0]*(?:\d+)?(?:l|h)?s)");  // no precision
  static const re2::RE2 kScan(R"(%(?:l|h)?(?:s|\[))");            // no width
  return Says(format, scan ? kScan : kPrint);
}

bool IsLiteral(const Piece& piece) {
  static const re2::RE2 kLiteral(R"(^(?:L|u8)?"\x01*"(?:\s*(?:"\x01*"|PRI[a-zA-Z]\w*))*$)");
  return re2::RE2::FullMatch(Text(piece.blank), kLiteral);
}

// strcpy, strcat: dangerous unless the source is a literal that fits, or a name that stands for
// one.
CheckAnswer JudgeCopy(const SourceText& source, const Call& call, StatementLines lines) {
  if (call.arguments.size() < 2) return Agrees("sink", "calls " + call.name);
  const Piece& from = call.arguments[1];
  const auto room = ArraySize(source, call.arguments[0].blank, lines);
  const bool appends = call.name.find("cat") != std::string::npos;
  if (!IsLiteral(from)) {
    if (!source.IsConstant(from, lines))
      return Agrees("sink", "calls " + call.name + ", which has no bound");
    // Constant, but of a length not known here: where the room is known, nothing is said of it.
    return room || appends ? CheckAnswer{} : Contradicts("argument", "constant argument only");
  }
  const size_t length = from.blank.size() - 2;
  if (room && !appends && length + 1 > *room) {
    return Agrees("sink",
                  "copies " + std::to_string(length + 1) + " bytes into " + std::to_string(*room));
  }
  return appends ? CheckAnswer{} : Contradicts("argument", "constant argument only");
}

CheckAnswer JudgePrint(const Call& call, size_t format, bool scan) {
  if (call.arguments.size() <= format) return {};
  const Piece& text = call.arguments[format];
  if (!IsLiteral(text))
    return Agrees("sink", "calls " + call.name + " with a format that is not constant");
  if (HasUnboundedText(text.raw, scan)) {
    return Agrees("sink", "calls " + call.name +
                              (scan ? " with a %s without a width" : " with a %s without a bound"));
  }
  return Contradicts("argument", scan ? "every text directive has a width"
                                      : "only numbers or bounded text are formatted");
}

// memcpy and its kin: bounded when the size is that of the destination.
CheckAnswer JudgeSized(const SourceText& source, const Call& call, size_t size_index,
                       StatementLines lines) {
  if (call.arguments.size() <= size_index) return {};
  static const re2::RE2 kSizeof(R"(\bsizeof\b)");
  static const re2::RE2 kMinimum(R"(\b(?:min|MIN|std::min)\s*\()");
  const Piece& size = call.arguments[size_index];
  const bool appends = call.name == "strncat" || call.name == "wcsncat";
  const std::string target(
      call.arguments[call.name == "read" || call.name == "recv" ? 1 : 0].blank);
  if (Says(size.blank, kSizeof)) {
    const bool of_target = size.blank.find(target) != std::string_view::npos;
    if (of_target && (!appends || size.blank.find("strlen") != std::string_view::npos))
      return Contradicts("argument", "bounded by sizeof");
    return {};
  }
  if (Says(size.blank, kMinimum)) return Contradicts("argument", "bounded by a minimum");
  size_t bytes = 0;
  const auto [end, error] =
      std::from_chars(size.blank.data(), size.blank.data() + size.blank.size(), bytes);
  const auto room = ArraySize(source, target, lines);
  if (error == std::errc() && end == size.blank.data() + size.blank.size()) {
    if (!room) return {};
    if (bytes <= *room && !appends) return Contradicts("argument", "the size is constant and fits");
    return Agrees("sink",
                  "writes up to " + std::to_string(bytes) + " bytes into " + std::to_string(*room));
  }
  // A size that something above compares may be checked well or badly: that is not for this check
  // to say.
  if (IsIdentifier(size.blank)) {
    const re2::RE2 compared("\\b" + re2::RE2::QuoteMeta(Text(size.blank)) +
                            R"(\s*(?:>|<|>=|<=)|(?:>|<|>=|<=)\s*)" +
                            re2::RE2::QuoteMeta(Text(size.blank)) + "\\b");
    if (Says(source.Before(lines).blank, compared)) return {};
  }
  return Agrees("sink", "calls " + call.name + " with a size that is not the destination's");
}

// The lines above measure the source of a copy.
bool LengthIsLookedAt(const SourceText& source, const Call& call, StatementLines lines) {
  if (call.arguments.size() < 2) return false;
  const re2::RE2 measured(R"(\bstrn?len\s*\(\s*)" +
                          re2::RE2::QuoteMeta(Text(call.arguments[1].blank)) + R"(\s*[,)])");
  return Says(source.Before(lines).blank, measured);
}

}  // namespace

CheckAnswer CheckBuffer(const SourceText& source, StatementLines lines) {
  if (!source.Is("c cpp objc")) return {};
  static const re2::RE2 kCopies(
      R"((?:^|[^\w.>])((?:std::)?(?:strcpy|strcat|wcscpy|wcscat|stpcpy|lstrcpy|_mbscpy|gets))\s*\()");
  static const re2::RE2 kPrints(R"((?:^|[^\w.>])((?:std::)?(?:sprintf|vsprintf|wsprintf))\s*\()");
  static const re2::RE2 kScans(
      R"((?:^|[^\w.>])((?:std::)?(?:scanf|sscanf|fscanf|vscanf|vsscanf))\s*\()");
  static const re2::RE2 kSized(
      R"((?:^|[^\w.>])((?:std::)?(?:memcpy|memmove|bcopy|strncpy|strncat|wcsncpy|wcsncat|wmemcpy|read|recv))\s*\()");
  static const re2::RE2 kBounded(
      R"((?:^|[^\w.>])((?:std::)?(?:snprintf|vsnprintf|strlcpy|strlcat|strcpy_s|strcat_s|fgets|getline))\s*\()");
  const Piece statement = source.Lines(lines);
  CheckAnswer best;
  const auto take = [&](CheckAnswer answer) {
    if (best.outcome == CheckOutcome::kAgrees || answer.outcome == CheckOutcome::kSilent) return;
    if (answer.outcome == CheckOutcome::kAgrees || best.outcome == CheckOutcome::kSilent)
      best = std::move(answer);
  };
  for (const Call& call : source.Calls(statement, kCopies)) {
    const CheckAnswer answer = JudgeCopy(source, call, lines);
    if (answer.outcome != CheckOutcome::kAgrees || !LengthIsLookedAt(source, call, lines))
      take(answer);
  }
  for (const Call& call : source.Calls(statement, kPrints)) take(JudgePrint(call, 1, false));
  for (const Call& call : source.Calls(statement, kScans))
    take(JudgePrint(call, call.name.ends_with("sscanf") || call.name.ends_with("fscanf") ? 1 : 0,
                    true));
  for (const Call& call : source.Calls(statement, kSized)) take(JudgeSized(source, call, 2, lines));
  static const re2::RE2 kSizeof(R"(\bsizeof\b)");
  if (Says(statement.blank, kBounded) && Says(statement.blank, kSizeof))
    take(Contradicts("argument", "bounded by sizeof"));
  return best;
}

CheckAnswer CheckFormat(const SourceText& source, StatementLines lines) {
  static const re2::RE2 kFirst(
      R"((?:^|[^\w.>:$])((?:std::)?(?:printf|vprintf|NSLog|g_print|g_printerr|warnx?|vwarnx?|printk|pr_err|pr_info|wprintf))\s*\()");
  static const re2::RE2 kSecond(
      R"((?:^|[^\w.>])((?:std::)?(?:fprintf|vfprintf|dprintf|sprintf|vsprintf|syslog|vsyslog|errx?|asprintf|vasprintf|fwprintf|g_string_printf))\s*\()");
  static const re2::RE2 kThird(R"((?:^|[^\w.>])((?:std::)?(?:snprintf|vsnprintf|swprintf))\s*\()");
  static const re2::RE2 kPhp(R"((?:^|[^\w>:$])(printf|sprintf|vsprintf|vprintf)\s*\()");
  static const re2::RE2 kPhpSecond(R"((?:^|[^\w>:$])(fprintf|vfprintf)\s*\()");
  static const re2::RE2 kJava(R"(\b(String\.format|\w+\.printf|System\.out\.printf)\s*\()");
  static const re2::RE2 kGo(R"(\b((?:fmt|log)\.(?:Printf|Sprintf|Errorf|Fatalf|Panicf))\s*\()");
  static const re2::RE2 kPerl(R"((?:^|[^\w.>$])(printf|sprintf)\s*\()");
  static const re2::RE2 kScript(R"(\b(util\.format)\s*\()");
  static const re2::RE2 kPython(R"(\b([a-zA-Z_][\w.\[\]]*\.format(?:_map)?)\s*\()");
  struct Print {
    std::string_view languages;
    const re2::RE2* pattern;
    size_t format;
  };
  static const Print kPrints[] = {{"c cpp objc", &kFirst, 0},
                                  {"c cpp objc", &kSecond, 1},
                                  {"c cpp objc", &kThird, 2},
                                  {"php", &kPhp, 0},
                                  {"php", &kPhpSecond, 1},
                                  {"java kotlin scala", &kJava, 0},
                                  {"go", &kGo, 0},
                                  {"perl ruby", &kPerl, 0},
                                  {"javascript typescript", &kScript, 0}};
  static const re2::RE2 kTranslated(R"(^(?:_|gettext|dgettext|N_)\s*\(\s*"\x01*"\s*\)$)");
  const Piece statement = source.Lines(lines);
  CheckAnswer best;
  for (const Print& print : kPrints) {
    if (!source.Is(print.languages)) continue;
    for (const Call& call : source.Calls(statement, *print.pattern)) {
      if (call.arguments.size() <= print.format) continue;
      const Piece& format = call.arguments[print.format];
      if (source.IsConstant(format, lines) || Says(format.blank, kTranslated)) {
        if (best.outcome == CheckOutcome::kSilent)
          best = Contradicts("argument", "constant format");
        continue;
      }
      return Agrees("sink", "calls " + call.name + " with a format that is not constant");
    }
  }
  if (best.outcome == CheckOutcome::kSilent && source.Is("python")) {
    for (const Call& call : source.Calls(statement, kPython)) {
      return Agrees("sink", "calls " + call.name + ", whose text is not a literal");
    }
  }
  return best;
}

}  // namespace fathom
