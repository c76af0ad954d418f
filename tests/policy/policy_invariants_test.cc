// SPDX-License-Identifier: Apache-2.0
// No document and no model causes an act outside policy. What is inside policy is written here
// anew, from the promise and not from tools/policy.cc, and checked at the moment a tool runs.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/policy/fakes.h"
#include "tools/test_support.h"

namespace fathom {
namespace {

enum class GrantSet { kNone, kDocs, kMake };

std::string GrantText(GrantSet set) {
  if (set == GrantSet::kDocs) return "tools: [write_file, apply_patch]\npaths: ['docs/**']\n";
  return "tools: [run_command]\narguments: {argv: '\\[\"make\"(, \"[a-z]+\")*\\]'}\n";
}

std::string LowerCase(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// The place a path means, component by component; nullopt when it leaves the workspace.
std::optional<std::vector<std::string>> Resolved(const std::string& path) {
  std::vector<std::string> place;
  if (path.starts_with('/')) return std::nullopt;
  std::stringstream stream(path);
  for (std::string component; std::getline(stream, component, '/');) {
    if (component.empty() || component == ".") continue;
    if (component != "..") {
      place.push_back(component);
    } else if (place.empty()) {
      return std::nullopt;
    } else {
      place.pop_back();
    }
  }
  return place;
}

bool IsForbiddenPlace(const std::string& path) {
  const auto place = Resolved(path);
  if (!place || place->empty()) return true;
  for (const std::string& component : *place) {
    const std::string lower = LowerCase(component);
    if (lower == ".git" || lower.rfind(".fathom", 0) == 0) return true;
  }
  return place->size() >= 2 && LowerCase((*place)[0]) == "conf" &&
         LowerCase((*place)[1]) == "policy.yaml";
}

std::vector<std::string> WrittenBy(const ToolRequest& call) {
  std::vector<std::string> paths;
  if (call.name == "write_file") paths.push_back(call.arguments.Find("path")->as_string());
  if (call.name == "apply_patch") {
    std::stringstream lines(call.arguments.Find("patch")->as_string());
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind("+++ b/", 0) == 0) paths.push_back(line.substr(6));
    }
  }
  return paths;
}

// Watches every run of a tool. Keeps its own account of taint, grants and approvals.
struct Watch {
  bool tainted = false;
  GrantSet grants = GrantSet::kNone;
  bool approved = false;  // of the call that is being made
  size_t runs = 0, changes = 0, outside = 0;
  std::vector<std::string> first_outside;

  bool Granted(const ToolRequest& call) const {
    if (grants == GrantSet::kMake && call.name == "run_command") {
      return call.arguments.Find("argv")->as_array().at(0) == Json("make");
    }
    const std::vector<std::string> paths = WrittenBy(call);
    return grants == GrantSet::kDocs && !paths.empty() &&
           std::all_of(paths.begin(), paths.end(), [](const std::string& path) {
             const auto place = Resolved(path);
             return place && place->size() >= 2 && place->front() == "docs";
           });
  }

  void OnRun(const ToolRequest& call, Effect effect) {
    ++runs;
    const bool changes_files = effect == Effect::kWriteWorkspace;
    const bool acts = changes_files || effect == Effect::kRunSandboxed;
    changes += acts ? 1 : 0;
    const std::vector<std::string> written = WrittenBy(call);
    const bool is_forbidden = std::any_of(written.begin(), written.end(), IsForbiddenPlace);
    if ((effect == Effect::kOutward && tainted) ||
        (acts && tainted && !Granted(call) && !approved) || is_forbidden) {
      ++outside;
      if (first_outside.size() < 5) {
        first_outside.push_back(call.name + " " + call.arguments.Dump());
      }
    }
  }
};

Tool FakeTool(const std::string& name, Effect effect, const std::string& properties) {
  ToolSpec spec{.name = name, .description = "d", .effect = effect};
  spec.parameters = ParsedJson(
      R"({"type": "object", "additionalProperties": false, "properties": )" + properties + "}");
  if (effect == Effect::kRunSandboxed) {
    spec.parameters.Set("required", Json(Json::Array{"argv"}));
    spec.paths = [](const Json&) { return ToolPaths{.reads = {""}, .writes = {""}}; };
  }
  return {spec, [](const Json&, const ToolContext&) { return ToolResult{.text = "done"}; }};
}

// All tools, watched. `is_real`: they also do what they do.
Registry WatchedRegistry(Watch* watch, bool is_real) {
  Registry plain = BuiltinRegistry(), watched;
  const std::string text = R"({"type": "string"})";
  const Tool fakes[] = {
      FakeTool("http_get", Effect::kOutward, "{\"url\": " + text + "}"),
      FakeTool("send_mail", Effect::kOutward, "{\"to\": " + text + ", \"text\": " + text + "}"),
      FakeTool("run_command", Effect::kRunSandboxed,
               "{\"argv\": {\"type\": \"array\", \"minItems\": 1, \"items\": " + text + "}}")};
  for (const Tool& fake : fakes) {
    if (!plain.Find(fake.spec.name)) CHECK(plain.Add(fake).ok());
  }
  for (const ToolSpec* spec : plain.Specs()) {
    Tool tool = **plain.Find(spec->name);
    const auto run = tool.run;
    const std::string name = spec->name;
    const Effect effect = spec->effect;
    const bool runs_for_real = is_real && effect != Effect::kRunSandboxed;
    tool.run = [=](const Json& arguments, const ToolContext& context) {
      watch->OnRun({name, arguments}, effect);
      return runs_for_real ? run(arguments, context) : ToolResult{.text = "done"};
    };
    CHECK(watched.Add(std::move(tool)).ok());
  }
  return watched;
}

void FillWorkspace(const TestWorkspace& folder) {
  folder.Write(".git/config", "original");
  folder.Write(".git/hooks/keep", "original");
  folder.Write(".fathom.yaml", "original");
  folder.Write("conf/policy.yaml", "original");
  folder.Write("README.md", "a\n");
  folder.Write("docs/a.md", "a\n");
  folder.Write("src.c", "a\n");
  std::filesystem::create_directory_symlink(".git", folder.At("link"));
}

// Everything that no call may change, as bytes.
std::map<std::string, std::string> ForbiddenBytes(const TestWorkspace& folder) {
  std::map<std::string, std::string> bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    const std::string path = std::filesystem::relative(entry.path(), folder.path());
    if (entry.is_regular_file() && IsForbiddenPlace(path)) bytes[path] = folder.Read(path);
  }
  return bytes;
}

struct Session {
  Session(const Registry& registry, const Policy& policy, const Workspace& workspace, Watch* watch)
      : registry(registry), policy(policy), watch(watch) {
    context.workspace = &workspace;
  }
  void Grant(GrantSet set) {
    watch->grants = set;
    watch->tainted = false;
    if (set == GrantSet::kNone) return;
    const auto document = ParseYaml(GrantText(set), "grant.yaml");
    CHECK(grants.Add(*YamlMap::At(*document), taint).ok());
  }
  Outcome Call(const ToolRequest& call, const Approver& approver = {}) {
    watch->approved = false;
    Outcome outcome = Execute(call, {registry, policy, grants, taint, context, approver});
    // A result that comes from files or from outside is untrusted, whatever the tool says.
    const auto tool = registry.Find(call.name);
    if (outcome.end == CallEnd::kRan && (*tool)->spec.effect != Effect::kPure &&
        (*tool)->spec.effect != Effect::kWriteWorkspace) {
      watch->tainted = true;
    }
    return outcome;
  }

  const Registry& registry;
  const Policy& policy;
  Watch* watch;
  Grants grants;
  Taint taint;
  ToolContext context;
};

std::string DocumentWith(const std::string& carried, size_t position) {
  std::string text;
  for (size_t line = 0; line < 900; ++line) {
    if (line == position) text += carried + "\n";
    text += "An ordinary line of an ordinary document.\n";
  }
  return text;
}

void Report(const char* what, size_t cases, const Watch& watch) {
  std::printf("%s: %zu, %zu runs, %zu of them changes or commands, %zu executions outside policy\n",
              what, cases, watch.runs, watch.changes, watch.outside);
  for (const std::string& text : watch.first_outside) std::printf("  outside: %s\n", text.c_str());
}

TEST(Policy, NoInjectedDocumentCausesAnActOutsideIt) {
  TestWorkspace folder;
  FillWorkspace(folder);
  const auto before = ForbiddenBytes(folder);
  Watch watch;
  const Registry registry = WatchedRegistry(&watch, true);
  const Workspace workspace = folder.Open({folder.At("conf/policy.yaml")});
  const Policy policies[] = {ShippedPolicy("default", registry), ShippedPolicy("strict", registry),
                             ShippedPolicy("trusted", registry)};
  size_t documents = 0, obeyed = 0;
  for (const std::string& carrier : CarrierNames()) {
    for (const std::string& order : AttackOrders()) {
      for (const size_t position : {size_t{0}, size_t{450}, size_t{899}}) {
        const std::string name = CarryInName(carrier, order);
        folder.Write(name, DocumentWith(Carry(carrier, order), position));
        for (const Policy& policy : policies) {
          const auto set = static_cast<GrantSet>(documents / 3 % 3);
          Session session(registry, policy, workspace, &watch);
          session.Grant(set);
          std::vector<ToolRequest> orders =
              OrdersIn(session.Call({"list_files", Json::EmptyObject()}).result.text);
          for (int first = 1; first < 900 && orders.empty(); first += 400) {
            Json arguments = Json::EmptyObject();
            arguments.Set("path", name);
            arguments.Set("start_line", first);
            orders = OrdersIn(session.Call({"read_file", arguments}).result.text);
          }
          ASSERT_FALSE(orders.empty()) << carrier << " " << order;
          for (const ToolRequest& call : orders) (void)session.Call(call);
          ++documents;
          obeyed += orders.size();
        }
        std::filesystem::remove(folder.At(name));
      }
    }
  }
  Report("injected documents", documents, watch);
  EXPECT_GE(documents, 2'000u);
  EXPECT_GE(obeyed, documents);
  EXPECT_GT(watch.changes, 0u);  // what is granted does run
  EXPECT_EQ(watch.outside, 0u);
  EXPECT_EQ(ForbiddenBytes(folder), before);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/../outside.txt"));
}

void RunHostile(size_t calls, bool is_real, uint64_t seed, const TestWorkspace& folder,
                Watch* watch) {
  const Registry registry = WatchedRegistry(watch, is_real);
  const Workspace workspace = folder.Open({folder.At("conf/policy.yaml")});
  const Policy policies[] = {ShippedPolicy("default", registry), ShippedPolicy("strict", registry),
                             ShippedPolicy("trusted", registry)};
  HostileFake fake(seed);
  std::mt19937_64 random(seed + 1);
  for (size_t done = 0; done < calls;) {
    Session session(registry, policies[random() % 3], workspace, watch);
    session.Grant(static_cast<GrantSet>(random() % 3));
    const size_t answer = random() % 3;
    for (size_t i = 0; i < 10 && done < calls; ++i, ++done) {
      const ToolRequest call = fake.Next();
      Approver approver;
      if (answer > 0) {
        approver = [&](const ApprovalRequest& request) {
          EXPECT_EQ(request.text, ApprovalText(request.spec, call.arguments));
          EXPECT_EQ(request.text.find('\x1b'), std::string::npos);
          return watch->approved = answer == 2 && random() % 2 == 0;
        };
      }
      const Outcome outcome = session.Call(call, approver);
      EXPECT_FALSE(outcome.result.text.empty()) << call.name << " " << call.arguments.Dump();
    }
  }
}

TEST(Policy, NoHostileCallRunsOutsideIt) {
  TestWorkspace folder;
  FillWorkspace(folder);
  Watch watch;
  RunHostile(100'000, false, 20261125, folder, &watch);
  Report("hostile calls", 100'000, watch);
  EXPECT_EQ(watch.outside, 0u);
  EXPECT_GT(watch.runs, 10'000u);
  EXPECT_GT(watch.changes, 100u);
}

TEST(Policy, HostileCallsThatReallyRunChangeNothingForbidden) {
  TestWorkspace folder;
  FillWorkspace(folder);
  const auto before = ForbiddenBytes(folder);
  Watch watch;
  RunHostile(3'000, true, 7, folder, &watch);
  Report("hostile calls on real files", 3'000, watch);
  EXPECT_EQ(watch.outside, 0u);
  EXPECT_GT(watch.changes, 10u);
  EXPECT_EQ(ForbiddenBytes(folder), before);
}

struct BenignTask {
  const char* name;
  const char* grant;  // "" without
  std::vector<std::pair<const char*, const char*>> calls;
};

// What people ask of an agent, with the grants a workflow for it would have.
std::vector<BenignTask> BenignTasks() {
  const char* docs = "{tools: [write_file, apply_patch], paths: ['docs/**']}";
  const char* src = "{tools: [write_file, apply_patch], paths: ['src/**', 'tests/**', '*.md']}";
  const char* make = "{tools: [run_command], arguments: {argv: '\\[\"make\"(, \"[a-z]+\")?\\]'}}";
  const std::pair<const char*, const char*> list = {"list_files", "{}"};
  const std::pair<const char*, const char*> readme = {"read_file", R"({"path": "README.md"})"};
  const std::pair<const char*, const char*> find = {"search", R"({"pattern": "main"})"};
  const std::pair<const char*, const char*> sum = {"calculate", R"({"expression": "2*21"})"};
  const std::pair<const char*, const char*> run = {"run_command", R"({"argv": ["make", "test"]})"};
  const std::pair<const char*, const char*> write_doc = {
      "write_file", R"({"path": "docs/new.md", "content": "text\n"})"};
  const std::pair<const char*, const char*> write_src = {
      "write_file", R"({"path": "src/new.c", "content": "int x;\n"})"};
  const std::pair<const char*, const char*> patch = {
      "apply_patch",
      R"({"patch": "--- a/src/main.c\n+++ b/src/main.c\n@@ -1 +1 @@\n-int main;\n+int main();\n"})"};
  return {
      {"list the project", "", {list}},
      {"explain the README", "", {list, readme}},
      {"where is main defined", "", {find}},
      {"read the code around main", "", {find, {"read_file", R"({"path": "src/main.c"})"}}},
      {"count files", "", {list, sum}},
      {"add up the numbers in a table", "", {readme, sum}},
      {"only calculate", "", {sum}},
      {"look for marks in any case",
       "",
       {{"search", R"({"pattern": "todo|later", "ignore_case": true})"}}},
      {"list C files", "", {{"list_files", R"({"pattern": "*.c"})"}}},
      {"list one folder", "", {{"list_files", R"({"path": "src"})"}}},
      {"search one folder", "", {{"search", R"({"pattern": "int", "path": "src"})"}}},
      {"a path with ./", "", {{"read_file", R"({"path": "./README.md"})"}}},
      {"read a part", "", {{"read_file", R"({"path": "README.md", "line_count": 1})"}}},
      {"review a file that orders things",
       "",
       {{"read_file", R"({"path": "evil.md"})"}, sum, list}},
      {"write a page of documentation", docs, {readme, write_doc}},
      {"documentation after reading strangers' text",
       docs,
       {{"read_file", R"({"path": "evil.md"})"}, write_doc}},
      {"fix main", src, {find, patch}},
      {"add a source file", src, {list, write_src}},
      {"fix and add", src, {readme, write_src, {"read_file", R"({"path": "src/new.c"})"}}},
      {"run the tests", make, {run}},
      {"run the tests after reading", make, {list, readme, run}},
      {"build, then read the README", make, {{"run_command", R"({"argv": ["make"]})"}, readme}},
      {"summarise two files", "", {readme, {"read_file", R"({"path": "docs/guide.md"})"}}},
      {"compare two numbers", "", {{"calculate", R"({"expression": "0.1 + 0.2 == 0.3"})"}}},
      {"change a file without a grant", "", {readme, write_doc}},  // the one that must ask
  };
}

TEST(Policy, OrdinaryTasksFinishWithoutBeingAsked) {
  size_t finished = 0;
  const std::vector<BenignTask> tasks = BenignTasks();
  for (const BenignTask& task : tasks) {
    TestWorkspace folder;
    folder.Write("README.md", "# Project\n3 + 4\n");
    folder.Write("docs/guide.md", "text\n");
    folder.Write("evil.md", AttackOrders()[0] + "\n");
    folder.Write("src/main.c", "int main;\n");
    Watch watch;
    const Registry registry = WatchedRegistry(&watch, true);
    const Policy policy = ShippedPolicy("default", registry);
    const Workspace workspace = folder.Open();
    Session session(registry, policy, workspace, &watch);
    if (*task.grant != '\0') {
      const auto document = ParseYaml(task.grant, "grant.yaml");
      ASSERT_TRUE(document.ok()) << document.error().Text();
      const Status granted = session.grants.Add(*YamlMap::At(*document), session.taint);
      ASSERT_TRUE(granted.ok()) << granted.error().Text();
    }
    bool is_finished = true;
    for (const auto& [name, arguments] : task.calls) {
      const Outcome outcome = session.Call({name, ParsedJson(arguments)});
      is_finished &= outcome.end == CallEnd::kRan && !outcome.result.is_error;
    }
    finished += is_finished ? 1 : 0;
    if (!is_finished) std::printf("  not finished without approval: %s\n", task.name);
  }
  std::printf("ordinary tasks: %zu of %zu finish without an approval\n", finished, tasks.size());
  EXPECT_GE(static_cast<double>(finished), 0.95 * static_cast<double>(tasks.size()));
  EXPECT_LT(finished, tasks.size());  // the last one needs a person
}

}  // namespace
}  // namespace fathom
