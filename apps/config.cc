// SPDX-License-Identifier: Apache-2.0
// fathom config show [--origin]: every setting and where its value came from.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "apps/app.h"
#include "base/json.h"
#include "base/terminal_text.h"

namespace fathom {

void AddConfig(CLI::App& app, Common& common, Run& run) {
  CLI::App* config = app.add_subcommand("config", "Show settings");
  config->require_subcommand(1);
  auto origin = std::make_shared<bool>(false);
  CLI::App* show = config->add_subcommand("show", "Print the settings in force");
  show->add_flag("--origin", *origin, "Also print where each value came from");
  show->callback([origin, &common, &run] {
    run = [origin, &common] {
      Json json = Json::EmptyObject();
      for (const Setting& setting : common.settings) {
        if (common.json) {
          Json entry = Json::EmptyObject();
          entry.Set("value", setting.value);
          entry.Set("origin", setting.origin);
          json.Set(setting.key, std::move(entry));
          continue;
        }
        std::printf("%-13s %s", setting.key.c_str(), ForTerminal(setting.value).c_str());
        if (*origin) std::printf("  (%s)", ForTerminal(setting.origin).c_str());
        std::printf("\n");
      }
      if (common.json) std::printf("%s\n", json.Dump().c_str());
      return static_cast<int>(kExitDone);
    };
  });
}

}  // namespace fathom
