// SPDX-License-Identifier: Apache-2.0
// What is wrong in a workflow is told before anything runs: where, by which code, and what was
// probably meant.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "agent/workflow/keys.h"
#include "agent/workflow/workflow.h"
#include "base/files.h"
#include "base/json_schema.h"
#include "base/limits.h"
#include "rag/corpus.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

const Registry& Tools() {
  static const Registry* registry = [] {
    auto* made = new Registry();
    CHECK(AddBuiltinTools(made).ok());
    CHECK(made->Add(HttpGetTool()).ok());
    return made;
  }();
  return *registry;
}

std::vector<std::filesystem::path> YamlFiles(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string TextOf(const std::filesystem::path& path) {
  auto text = ReadFile(path.string(), kYamlBytesMax);
  CHECK_MESSAGE(text.ok(), text ? "" : text.error().Text());
  return *text;
}

CheckedWorkflow CheckText(const std::string& text) {
  return CheckWorkflow(text, "t.yaml", InstalledWorkflowFacts(&Tools()));
}

Workflow Sound(const std::string& text) {
  CheckedWorkflow checked = CheckText(text);
  CHECK_MESSAGE(checked.ok(), checked.ok() ? "" : checked.FirstError().Text());
  return std::move(*checked.workflow);
}

// Lines "# expect: LINE:COLUMN CODE SUGGESTION" at a file's head, written by hand.
std::vector<std::string> ExpectedOf(const std::string& text) {
  constexpr std::string_view kMark = "# expect: ";
  std::vector<std::string> expected;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kMark)) expected.push_back(line.substr(kMark.size()));
  }
  std::sort(expected.begin(), expected.end());
  return expected;
}

TEST(WorkflowCheck, EveryBrokenFileGivesItsPlaceCodeAndSuggestion) {
  const auto files = YamlFiles(FATHOM_SOURCE_DIR "/tests/workflow/broken");
  ASSERT_GE(files.size(), 60u);
  std::set<std::string> codes;
  for (const auto& path : files) {
    const std::string text = TextOf(path);
    const CheckedWorkflow checked = CheckText(text);
    std::vector<std::string> found;
    std::string told;
    for (const WorkflowProblem& problem : checked.problems) {
      found.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + " " +
                      problem.code + (problem.suggestion.empty() ? "" : " " + problem.suggestion));
      told += "\n    " + problem.Text();
      codes.insert(problem.code);
      EXPECT_EQ(problem.file, "t.yaml");
      // Each says where, what, and what to write instead.
      EXPECT_TRUE(problem.Text().starts_with("t.yaml:" + std::to_string(problem.line) + ":"));
      EXPECT_TRUE(problem.line > 0 && problem.column > 0) << path.filename();
      const std::string wanted = problem.suggestion.empty()
                                     ? std::string(problem.Advice())
                                     : "did you mean " + problem.suggestion + "?";
      EXPECT_TRUE(problem.Text().ends_with("; " + wanted)) << problem.Text();
    }
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, ExpectedOf(text)) << path.filename() << told;
  }
  // A code that no file shows is not proved to be given.
  for (const WorkflowCode& code : kWorkflowCodes) {
    EXPECT_TRUE(codes.contains(std::string(code.code))) << code.code;
    EXPECT_GT(code.advice.size(), 10u) << code.code;
  }
  for (const std::string& code : codes)
    EXPECT_TRUE(std::any_of(kWorkflowCodes.begin(), kWorkflowCodes.end(),
                            [&](const WorkflowCode& known) { return known.code == code; }))
        << code;
}

constexpr const char* kSound = R"(version: 1
name: sound
corpus: ${{ inputs.folder }}
inputs:
  folder: {type: path, default: .}
  questions: {type: list, default: [one, two]}
steps:
  - id: last
    needs: [check]
    report:
      text: ${{ join(steps.all.output.*.text, ', ') }}
      verdict: ${{ length(steps.all.output.*.citations.*.path) > 0 && inputs.folder != '' }}
  - id: all
    matrix: {question: "${{ inputs.questions }}"}
    ask: {question: "${{ matrix.question }}"}
  - id: check
    if: ${{ steps.all.outcome == 'done' }}
    fork: first
    ask: {question: Again}
  - id: first
    ask: {question: First}
)";

TEST(WorkflowCheck, StepsRunAfterWhatTheyNameElseAsWritten) {
  const Workflow workflow = Sound(kSound);
  std::vector<std::string> order;
  for (const size_t index : workflow.order) order.push_back(workflow.steps[index].id);
  EXPECT_EQ(order, (std::vector<std::string>{"all", "first", "check", "last"}));
}

TEST(WorkflowCheck, TheGraphSaysWhyEachEdgeIsThere) {
  const WorkflowGraph graph = GraphOf(Sound(kSound));
  std::set<std::string> edges;
  for (const auto& edge : graph.edges) edges.insert(edge.from + ">" + edge.to + ":" + edge.why);
  EXPECT_EQ(edges, (std::set<std::string>{"check>last:needs", "all>last:value", "first>check:fork",
                                          "all>check:value"}));
  EXPECT_EQ(WorkflowGraphJson(graph).Find("nodes")->size(), 4u);
  const std::string mermaid = WorkflowMermaid(graph);
  EXPECT_TRUE(mermaid.find("s_first == fork ==> s_check") != std::string::npos) << mermaid;
  EXPECT_TRUE(WorkflowDot(graph).find("\"all\" -> \"last\";") != std::string::npos);
}

TEST(WorkflowCheck, InputsAreBroughtToTheirTypesOrRefusedByName) {
  const Workflow workflow = Sound(kSound);
  const auto given = WorkflowInputs(workflow, {{"questions", Json("only this")}});
  ASSERT_TRUE(given) << given.error().Text();
  EXPECT_EQ(given->Find("questions")->Dump(), R"(["only this"])");
  EXPECT_TRUE(given->Find("folder")->as_string().starts_with("/"));
  const auto unknown = WorkflowInputs(workflow, {{"qestions", Json("x")}});
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().message.find("\"questions\"") != std::string::npos);
  EXPECT_FALSE(WorkflowInputs(workflow, {{"questions", Json(4)}}));
  EXPECT_EQ(WorkflowInputs(workflow, {{"folder", Json("/no/such")}}).error().code, Code::kNotFound);
}

Profile PricedProfile() {
  Profile profile{.name = "t"};
  profile.window_accepted_tokens = 1'000;
  profile.window_reliable_tokens = 800;
  profile.output_tokens_max = 100;
  profile.prices = {.input = 1, .input_cached = 0.5, .output = 2};
  return profile;
}

TEST(WorkflowBoundTest, EachStepHasAMostInTokensAndDollars) {
  const std::string tools = "tools: {workspace: ., allow: [calculate]}\n";
  const Workflow workflow =
      Sound("version: 1\nname: b\n" + tools +
            "budgets: {tokens: 9000}\nsteps:\n"
            "  - id: one\n    agent: {prompt: Go.}\n    budgets: {steps: 3}\n"
            "  - id: two\n    matrix: {x: [1, 2], y: [a, b, c]}\n"
            "    agent: {prompt: Go.}\n    budgets: {steps: 50, tokens: 500}\n"
            "  - id: sum\n    tool: {name: calculate, arguments: "
            "{expression: 1 + 1}}\n");
  const WorkflowBound bound = BoundWorkflow(workflow, PricedProfile(), Json());
  ASSERT_EQ(bound.steps.size(), 3u);
  EXPECT_EQ(bound.steps[0].tokens, 3'000u);  // queries × window
  EXPECT_EQ(bound.steps[0].dollars, (3'000 * 2 + 3'000 * 0.5) / 1e6);
  EXPECT_EQ(bound.steps[1].instances, 6u);
  EXPECT_EQ(bound.steps[1].tokens, 6 * 1'500u);  // its budget and one query over it
  EXPECT_EQ(bound.steps[2].tokens, 0u);
  EXPECT_EQ(bound.tokens, 10'000u);  // the budget and one query, less than the sum of 12,000
}

TEST(WorkflowBoundTest, ACorpusIsReadOnceAndUnknownOnesAreSaidToBe) {
  const Workflow workflow = Sound(
      "version: 1\nname: b\ncorpus: ${{ inputs.folder }}\ninputs: {folder: {type: path}}\nsteps:\n"
      "  - id: a\n    ask: {question: What}\n  - id: b\n    ask: {question: Why}\n"
      "  - id: c\n    audit: {}\n");
  const Profile profile = PricedProfile();
  const WorkflowBound unknown = BoundWorkflow(workflow, profile, Json());
  EXPECT_GT(*unknown.steps[0].tokens, *unknown.steps[1].tokens);
  EXPECT_FALSE(unknown.steps[2].tokens);
  EXPECT_FALSE(unknown.tokens);
  auto inputs =
      WorkflowInputs(workflow, {{"folder", Json(FATHOM_SOURCE_DIR "/examples/handbook")}});
  ASSERT_TRUE(inputs);
  const WorkflowBound known = BoundWorkflow(workflow, profile, *inputs);
  ASSERT_TRUE(known.steps[2].tokens);
  EXPECT_GT(*known.steps[2].tokens, 10'000u);
  EXPECT_EQ(*known.steps[0].tokens - *known.steps[1].tokens, 800u + 1);  // "What" is a byte longer
}

TEST(WorkflowBoundTest, AModelElsewhereIsSentTheCorpusWithEachQuestion) {
  const Workflow workflow = Sound(
      "version: 1\nname: b\ncorpus: ${{ inputs.folder }}\ninputs: {folder: {type: path}}\nsteps:\n"
      "  - id: a\n    ask: {question: What}\n  - id: b\n    audit: {}\n"
      "  - id: c\n    audit: {}\n");
  Profile profile = PricedProfile();
  profile.endpoint = "http://127.0.0.1:1/v1";
  profile.window_accepted_tokens = profile.window_reliable_tokens = 4'000;
  const WorkflowBound unknown = BoundWorkflow(workflow, profile, Json());
  for (const StepBound& step : unknown.steps) EXPECT_FALSE(step.tokens || step.dollars) << step.id;
  const std::string folder = FATHOM_SOURCE_DIR "/examples/handbook";
  auto inputs = WorkflowInputs(workflow, {{"folder", Json(folder)}});
  ASSERT_TRUE(inputs);
  const size_t bytes = ReadCorpus(folder)->bytes;
  const WorkflowBound known = BoundWorkflow(workflow, profile, *inputs);
  EXPECT_GT(*known.steps[0].tokens, bytes);
  EXPECT_GT(*known.steps[1].tokens, 12 * bytes);
  EXPECT_EQ(*known.steps[1].tokens, *known.steps[2].tokens);  // nothing is known to be kept
  EXPECT_GE(*known.dollars, static_cast<double>(25 * bytes) * profile.prices.input / 1e6);
}

struct ValueCase {
  const char* text;
  const char* value;
};

TEST(WorkflowExpression, HasTheValueThatItsPartsSay) {
  const Json scope = *Json::Parse(R"({"inputs": {"n": 3, "list": ["a", "b"], "t": "x\ny\n"},
    "steps": {"s-1": {"output": [{"k": 1, "in": [{"z": "p"}, {"z": "q"}]}, {"in": []}],
                      "outcome": "done"}}})");
  const ValueCase cases[] = {
      {"1 == 1.0 && !(2 < 1)", "true"},
      {"inputs.n >= 3 || steps.none.x", "true"},
      {"steps.s-1.output.*.k", "[1,null]"},
      {"steps.s-1.output.*.in.*.z", R"(["p","q"])"},
      {"steps.s-1.output[0].in[1].z", R"("q")"},
      {"steps.s-1.output[9].in", "null"},
      {"inputs.nothing.at.all", "null"},
      {"'it''s' == 'it''s'", "true"},
      {"join(inputs.list, '-')", R"("a-b")"},
      {"length(inputs.list) == 2 && length('abc') == 3", "true"},
      {"contains(inputs.list, 'b') && contains('abc', 'bc') && !contains('abc', 'd')", "true"},
      {"lines(inputs.t)", R"(["x","y"])"},
      {"all_in(lines(inputs.t), 'y x')", "true"},
      {"all_in(lines(inputs.t), 'y')", "false"},
      {"choose(inputs.n > 2, 'yes', 'no')", R"("yes")"},
      {"default(inputs.nothing, 7)", "7"},
      {"json(inputs.list)", R"("[\"a\",\"b\"]")"},
      {"-1 < 0", "true"},
      {"!!true", "true"},
      {"null == inputs.nothing", "true"},
      {"'1' == 1", "false"},
      {"inputs.list && true", "false"},
  };
  for (const auto& [text, value] : cases) {
    std::vector<ExpressionFault> faults;
    const Expression expression = Expression::Parse(text, faults);
    ASSERT_TRUE(faults.empty()) << text << ": " << faults[0].message;
    const auto result = expression.Evaluate(scope);
    ASSERT_TRUE(result) << text;
    EXPECT_EQ(result->Dump(), value) << text;
  }
}

TEST(WorkflowExpression, DepthAndSizeAreLimitedAndNeverCrash) {
  for (const std::string& text :
       {std::string(3'000, '('), std::string(3'000, '!') + "true", std::string(5'000, '1'),
        std::string("length(") + std::string(3'000, '('), std::string("a") + [] {
          std::string dots;
          for (int i = 0; i < 1'000; ++i) dots += ".*";
          return dots;
        }()}) {
    std::vector<ExpressionFault> faults;
    const Expression expression = Expression::Parse(text, faults);
    if (!faults.empty()) continue;
    EXPECT_TRUE(expression.Evaluate(Json::EmptyObject()));
  }
}

TEST(WorkflowSchema, AcceptsWhatIsShippedAndWhatTheDocumentShows) {
  const auto text = WorkflowSchemaText();
  ASSERT_TRUE(text);
  auto schema = JsonSchema::Compile(*Json::Parse(*text));
  ASSERT_TRUE(schema);
  std::vector<std::pair<std::string, std::string>> sources;
  for (const auto& path : YamlFiles(FATHOM_SOURCE_DIR "/configs/workflows"))
    sources.emplace_back(path.filename().string(), TextOf(path));
  ASSERT_GE(sources.size(), 7u);
  const std::string shown = TextOf(FATHOM_SOURCE_DIR "/docs/workflows.md");
  const size_t begin = shown.find("```yaml\n") + 8;
  sources.emplace_back("docs/workflows.md", shown.substr(begin, shown.find("```", begin) - begin));
  for (const auto& [name, source] : sources) {
    const CheckedWorkflow checked = CheckText(source);
    EXPECT_TRUE(checked.problems.empty()) << name << ": " << checked.problems[0].Text();
    const Status fits = schema->Check(ParseYaml(source, name)->value);
    EXPECT_TRUE(fits) << name << ": " << fits.error().Text();
  }
}

// Key names of an object schema, wherever it is a $ref into definitions.
std::set<std::string> KeysOf(const Json& root, const Json& schema) {
  std::set<std::string> keys;
  const Json* at = &schema;
  if (const Json* reference = at->Find("$ref")) at = FindReference(root, reference->as_string());
  for (const auto& [key, inner] : at->Find("properties")->as_object()) keys.insert(key);
  return keys;
}

template <typename Keys>
std::set<std::string> SetOf(const Keys& keys) {
  return std::set<std::string>(keys.begin(), keys.end());
}

TEST(WorkflowSchema, HasTheKeysOfTheLoader) {
  namespace keys = workflow_keys;
  const auto text = WorkflowSchemaText();
  ASSERT_TRUE(text) << text.error().Text();
  const auto schema = Json::Parse(*text);
  ASSERT_TRUE(schema) << schema.error().Text();
  ASSERT_TRUE(JsonSchema::Compile(*schema));
  const Json& root = *schema;
  const Json& definitions = *root.Find("definitions");
  EXPECT_EQ(KeysOf(root, root), SetOf(keys::kTop));
  std::set<std::string> step = SetOf(keys::kStep);
  for (const std::string_view kind : keys::kKinds) step.emplace(kind);
  EXPECT_EQ(KeysOf(root, *definitions.Find("step")), step);
  EXPECT_EQ(KeysOf(root, *definitions.Find("input")), SetOf(keys::kInput));
  EXPECT_EQ(KeysOf(root, *definitions.Find("tools")), SetOf(keys::kTools));
  EXPECT_EQ(KeysOf(root, *definitions.Find("budgets")), SetOf(keys::kBudgets));
  EXPECT_EQ(KeysOf(root, *definitions.Find("step_budgets")), SetOf(keys::kStepBudgets));
  const std::pair<std::string_view, std::set<std::string>> kinds[] = {
      {"agent", SetOf(keys::kAgent)},     {"tool", SetOf(keys::kTool)},
      {"ask", SetOf(keys::kAsk)},         {"audit", SetOf(keys::kAudit)},
      {"approve", SetOf(keys::kApprove)}, {"report", SetOf(keys::kReport)}};
  for (const auto& [kind, known] : kinds) {
    EXPECT_EQ(KeysOf(root, *definitions.Find(kind)), known) << kind;
    EXPECT_EQ(*definitions.Find(kind)->Find("additionalProperties"), Json(false)) << kind;
  }
}

// What an editor underlines is what check refuses: files whose shape is wrong do not fit the
// schema, and sound ones do.
TEST(WorkflowSchema, RefusesWhatTheLoaderRefusesInShape) {
  const auto text = WorkflowSchemaText();
  ASSERT_TRUE(text);
  auto schema = JsonSchema::Compile(*Json::Parse(*text));
  ASSERT_TRUE(schema) << schema.error().Text();
  const std::set<std::string> shape = {"WF004", "WF005", "WF006", "WF007", "WF008", "WF009",
                                       "WF010", "WF012", "WF014", "WF044", "WF047"};
  size_t refused = 0;
  for (const auto& path : YamlFiles(FATHOM_SOURCE_DIR "/tests/workflow/broken")) {
    const std::string source = TextOf(path);
    const auto document = ParseYaml(source, "t.yaml");
    const std::string first = ExpectedOf(source)[0];
    const std::string code = first.substr(first.find(' ') + 1, 5);
    const std::string name = path.filename().string();
    // Types of input defaults depend on another key.
    if (!document || !shape.contains(code) || name.starts_with("default-")) continue;
    EXPECT_FALSE(schema->Check(document->value)) << name;
    ++refused;
  }
  EXPECT_GE(refused, 25u);
  const auto sound = ParseYaml(kSound, "t.yaml");
  const Status fits = schema->Check(sound->value);
  EXPECT_TRUE(fits) << fits.error().Text();
}

}  // namespace
}  // namespace fathom
