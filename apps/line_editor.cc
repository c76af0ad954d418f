// SPDX-License-Identifier: Apache-2.0
#include "apps/line_editor.h"

#include <fcntl.h>
#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <filesystem>
#include <iostream>

#include "apps/app.h"
#include "apps/utf8_locale.h"
#include "base/file_descriptor.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace fathom {
namespace {

constexpr wchar_t kShownLineEnd = L'\u23CE';  // "⏎" stands for a line end inside a message
constexpr std::string_view kShownLineEndText = "⏎";
constexpr wchar_t kCtrlC = 3;
constexpr int kPollMs = 250;  // how soon SIGTERM ends a prompt
constexpr const char* kPasteOn = "\x1b[?2004h";
constexpr const char* kPasteOff = "\x1b[?2004l";

bool StdinIsTerminal() {
  const char* term = std::getenv("TERM");
  return isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && term && std::string_view(term) != "dumb";
}

std::string ToUtf8(std::wstring_view text) {
  std::string bytes;
  for (const wchar_t c : text) AppendUtf8(static_cast<char32_t>(c), &bytes);
  return bytes;
}

std::wstring ToWide(std::string_view text) {
  std::wstring wide;
  for (size_t i = 0; i < text.size();) {
    const Utf8Character character = DecodeUtf8(text, i);
    wide += character.valid ? static_cast<wchar_t>(character.code_point) : L'\uFFFD';
    i += character.length;
  }
  return wide;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

}  // namespace

struct LineEditor::Impl {
  Options options;
  EditLine* edit = nullptr;  // null: lines are read as they come
  HistoryW* history = nullptr;
  std::wstring prompt, prompt_shown;
  bool dropped = false;

  ~Impl() {
    if (edit) el_end(edit);
    if (history) history_wend(history);
  }

  static Impl& Of(EditLine* edit) {
    void* impl = nullptr;
    el_get(edit, EL_CLIENTDATA, &impl);
    return *static_cast<Impl*>(impl);
  }

  void OpenTerminal() {
    const Utf8Locale locale;
    edit = el_init("fathom", stdin, stderr, stderr);
    if (!edit) return;
    el_set(edit, EL_CLIENTDATA, this);
    el_set(edit, EL_EDITOR, "emacs");
    el_set(edit, EL_SIGNAL, 1);  // a new size of the window, and a clean terminal when ended
    el_wset(
        edit, EL_PROMPT, +[](EditLine* e) { return Of(e).prompt_shown.data(); });
    el_wset(edit, EL_GETCFN, ReadCharacter);
    // Ctrl-C arrives as a key, and line ends as they were sent.
    el_set(edit, EL_SETTY, "-d", "intr=", "-icrnl", "-inlcr", nullptr);
    // What is typed while nobody reads waits, unseen, as it was typed: the kernel would make an end
    // of file of Ctrl-D, and the change to editing would lose that.
    el_set(edit, EL_SETTY, "-x", "-icanon", "-echo", "-icrnl", "-inlcr", nullptr);
    el_set(edit, EL_ADDFN, "fathom-drop", "drop the line", Drop);
    el_set(edit, EL_ADDFN, "fathom-paste", "take pasted text", Paste);
    el_set(edit, EL_ADDFN, "fathom-line-end", "put a line end into the message", LineEnd);
    el_set(edit, EL_ADDFN, "fathom-complete", "complete a command", Complete);
    constexpr const char* kKeys[][2] = {
        {"^C", "fathom-drop"},
        {"^I", "fathom-complete"},
        {"\\e[200~", "fathom-paste"},
        {"\\e^M", "fathom-line-end"},
        {"^W", "ed-delete-prev-word"},
        {"^R", "em-inc-search-prev"},
        {"\\e[3~", "ed-delete-next-char"},
        {"\\e[1;5C", "em-next-word"},
        {"\\e[1;5D", "ed-prev-word"},
        {"\\e[H", "ed-move-to-beg"},
        {"\\e[F", "ed-move-to-end"},
    };
    for (const auto& [keys, function] : kKeys) el_set(edit, EL_BIND, keys, function, nullptr);
    history = history_winit();
    HistEventW event;
    history_w(history, &event, H_SETSIZE, static_cast<int>(kChatHistoryLinesMax));
    history_w(history, &event, H_SETUNIQUE, 1);
    el_wset(edit, EL_HIST, history_w, history);
  }

  // One character of UTF-8, waited for in pieces so that a signal is seen.
  static int ReadCharacter(EditLine*, wchar_t* out) {
    std::string bytes;
    for (;;) {
      pollfd input{.fd = STDIN_FILENO, .events = POLLIN};
      const int ready = poll(&input, 1, kPollMs);
      if (*Interrupted()) {
        if (!ForgetInterrupt()) return -1;
        *out = kCtrlC;
        return 1;
      }
      if (ready <= 0) continue;
      char byte = 0;
      const ssize_t count = read(STDIN_FILENO, &byte, 1);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return 0;
      bytes += byte;
      if (Utf8PartialTail(bytes) == bytes.size()) continue;
      const Utf8Character character = DecodeUtf8(bytes, 0);
      *out = character.valid ? static_cast<wchar_t>(character.code_point) : L'\uFFFD';
      return 1;
    }
  }

  static unsigned char Drop(EditLine* edit, int) {
    const LineInfoW* line = el_wline(edit);
    el_cursor(edit, static_cast<int>(line->lastchar - line->cursor));
    el_deletestr(edit, static_cast<int>(line->lastchar - line->buffer));
    Of(edit).dropped = true;
    return CC_NEWLINE;
  }

  static unsigned char LineEnd(EditLine* edit, int) {
    const wchar_t text[] = {kShownLineEnd, 0};
    return el_winsertstr(edit, text) == 0 ? CC_REFRESH : CC_ERROR;
  }

  static unsigned char Paste(EditLine* edit, int) {
    constexpr std::wstring_view kEnd = L"\x1b[201~";
    std::wstring pasted;
    for (wchar_t c; !pasted.ends_with(kEnd) && pasted.size() < kChatLineBytesMax / 4;) {
      if (el_wgetc(edit, &c) != 1) return CC_EOF;
      pasted += c;
    }
    if (pasted.ends_with(kEnd)) pasted.resize(pasted.size() - kEnd.size());
    std::wstring shown;
    for (size_t i = 0; i < pasted.size(); ++i) {
      const wchar_t c = pasted[i];
      if (c == L'\r' && i + 1 < pasted.size() && pasted[i + 1] == L'\n') continue;
      const bool line_end = c == L'\n' || c == L'\r';
      shown += line_end ? kShownLineEnd : c;
    }
    return el_winsertstr(edit, shown.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
  }

  // The rest of the only word that begins so, or of what all that do have in common.
  static unsigned char Complete(EditLine* edit, int) {
    const LineInfoW* line = el_wline(edit);
    const std::string typed =
        ToUtf8({line->buffer, static_cast<size_t>(line->cursor - line->buffer)});
    std::string common;
    size_t matches = 0;
    for (const std::string& word : Of(edit).options.words) {
      if (typed.empty() || !word.starts_with(typed)) continue;
      if (matches++ == 0) common = word;
      while (!word.starts_with(common)) common.pop_back();
    }
    if (common.size() <= typed.size()) return CC_REFRESH_BEEP;
    const std::string rest = common.substr(typed.size()) + (matches == 1 ? " " : "");
    return el_winsertstr(edit, ToWide(rest).c_str()) == 0 ? CC_REFRESH : CC_ERROR;
  }

  Status LoadHistory() {
    auto text = ReadFile(options.history_path, kChatHistoryBytesMax);
    if (!text && text.error().code == Code::kNotFound) return OkStatus();
    if (!text) return text.error();
    const Utf8Locale locale;
    for (size_t at = 0; at < text->size();) {
      const size_t end = std::min(text->find('\n', at), text->size());
      Remember(text->substr(at, end - at));
      at = end + 1;
    }
    return OkStatus();
  }

  void Remember(const std::string& line) {
    HistEventW event;
    if (!line.empty()) history_w(history, &event, H_ENTER, ToWide(line).c_str());
  }

  // Appended at once, so that a killed chat keeps it. The file is as long as it may be: cut by
  // half.
  void Keep(const std::string& line) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(options.history_path, error);
    if (!error && bytes + line.size() + 1 > kChatHistoryBytesMax / 2) {
      auto text = ReadFile(options.history_path, kChatHistoryBytesMax);
      const size_t from = text ? text->find('\n', text->size() / 2) : std::string::npos;
      const std::string rest = from == std::string::npos ? "" : text->substr(from + 1);
      if (!AtomicWriteFile(options.history_path, rest)) return;
    }
    const FileDescriptor file(
        open(options.history_path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    const std::string entry = line + "\n";
    // A history that cannot be written is no reason to stop a conversation.
    if (file.valid()) static_cast<void>(!write(file.get(), entry.data(), entry.size()));
  }

  Result<Line> ReadTerminal() {
    const Utf8Locale locale;
    Line line;
    prompt_shown = prompt;
    for (;;) {
      dropped = false;
      int count = 0;
      std::fputs(kPasteOn, stderr);
      el_set(edit, EL_PREP_TERM, 1);  // who types as soon as the prompt is there is understood
      const wchar_t* typed = el_wgets(edit, &count);
      std::fputs(kPasteOff, stderr);
      if (dropped) return Line{.end = End::kDropped};
      if (!typed || count <= 0) return Line{.end = End::kEnd};
      std::wstring_view text(typed, static_cast<size_t>(count));
      while (text.ends_with(L'\n') || text.ends_with(L'\r')) text.remove_suffix(1);
      line.text += ToUtf8(text);
      if (!line.text.ends_with('\\')) break;
      line.text.pop_back();
      line.text += kShownLineEndText;
      prompt_shown = L"… ";
    }
    if (!line.text.empty()) {
      Remember(line.text);
      Keep(line.text);
    }
    ReplaceAll(line.text, kShownLineEndText, "\n");
    line.end = End::kLine;
    return line;
  }

  Result<Line> ReadPlain() const {
    if (isatty(STDIN_FILENO)) std::fputs(options.prompt.c_str(), stderr);
    Line line;
    if (!std::getline(std::cin, line.text)) {
      const bool dropped_line = *Interrupted() && isatty(STDIN_FILENO) && ForgetInterrupt();
      std::cin.clear();
      return Line{.end = dropped_line ? End::kDropped : End::kEnd};
    }
    line.end = End::kLine;
    return line;
  }
};

LineEditor::LineEditor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LineEditor::~LineEditor() = default;

Result<std::unique_ptr<LineEditor>> LineEditor::Open(const Options& options) {
  std::unique_ptr<LineEditor> editor(new LineEditor(std::make_unique<Impl>()));
  Impl& impl = *editor->impl_;
  impl.options = options;
  impl.prompt = ToWide(options.prompt);
  if (!StdinIsTerminal()) return editor;
  impl.OpenTerminal();
  if (!impl.edit) return editor;
  if (auto loaded = impl.LoadHistory(); !loaded) return loaded.error();
  return editor;
}

Result<LineEditor::Line> LineEditor::Read() {
  auto line = impl_->edit ? impl_->ReadTerminal() : impl_->ReadPlain();
  if (line && line->text.size() > kChatLineBytesMax) {
    return Error{Code::kLimit, "a message of " + std::to_string(line->text.size()) +
                                   " bytes; at most " + std::to_string(kChatLineBytesMax)};
  }
  return line;
}

bool LineEditor::is_terminal() const {
  return impl_->edit != nullptr;
}

}  // namespace fathom
