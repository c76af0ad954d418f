// SPDX-License-Identifier: Apache-2.0
// fathom completion SHELL: a completion script made from the program's own option tree.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "apps/app.h"

namespace fathom {
namespace {

std::string WordsOfCommand(const CLI::App& app) {
  std::string words;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    words += sub->get_name() + " ";
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
  }
  return words;
}

// One case a command path: "fathom", "fathom corpus", ...
void AddCases(const CLI::App& app, const std::string& path, std::string& cases) {
  cases += "    \"" + path + "\") words=\"" + WordsOfCommand(app) + "\" ;;\n";
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    AddCases(*sub, path + " " + sub->get_name(), cases);
  }
}

std::string BashScript(const CLI::App& root) {
  std::string cases;
  AddCases(root, "fathom", cases);
  return "_fathom() {\n"
         "  local path=fathom word words=\"\" cur=\"${COMP_WORDS[COMP_CWORD]}\"\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case \"$word\" in -*) ;; [a-z]*) [[ -e \"$word\" ]] || path=\"$path $word\" ;; esac\n"
         "  done\n"
         "  case \"$path\" in\n" +
         cases +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\") $(compgen -f -- \"$cur\"))\n"
         "}\n"
         "complete -F _fathom fathom\n";
}

}  // namespace

void AddCompletion(CLI::App& app, Run& run) {
  auto shell = std::make_shared<std::string>("bash");
  CLI::App* command = app.add_subcommand(
      "completion", "Print a shell completion script (bash; zsh through bashcompinit)");
  command->add_option("shell", *shell, "bash or zsh")
      ->check(CLI::IsMember({"bash", "zsh"}))
      ->capture_default_str();
  command->callback([shell, &app, &run] {
    run = [shell, &app] {
      if (*shell == "zsh") std::printf("autoload -U +X bashcompinit && bashcompinit\n");
      std::printf("%s", BashScript(app).c_str());
      return static_cast<int>(kExitDone);
    };
  });
}

}  // namespace fathom
