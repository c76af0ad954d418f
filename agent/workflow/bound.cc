// SPDX-License-Identifier: Apache-2.0
// The most that each step can cost, from the file, the profile and what is known of the inputs.
#include <algorithm>
#include <set>

#include "agent/chat_pack.h"
#include "agent/finding.h"
#include "agent/workflow/limits.h"
#include "agent/workflow/workflow.h"
#include "rag/corpus.h"

namespace fathom {
namespace {

constexpr size_t kQuestionFormTokens = 64;     // role markers and the form around a question
constexpr size_t kFamilyQuestionTokens = 512;  // of an audit that asks
constexpr size_t kRemoteFormTokens = 3'072;    // of a question elsewhere: its form and the schema
constexpr size_t kPassageTokens = 6'144;       // read anew for a question about what overflows
constexpr size_t kLineTokens = 12;             // " #n", the newline
constexpr size_t kFileTokens = 16;             // the header around a path

constexpr std::string_view kUnknownCorpus =
    "the corpus is not known yet: give the inputs it depends on";

// Whether the scope {inputs} is all that a tree names; then its value is known.
std::optional<Json> Known(const Json& tree, const Json& inputs) {
  if (inputs.is_null()) return std::nullopt;
  const std::string text = tree.is_string() ? tree.as_string() : tree.Dump();
  std::vector<ExpressionFault> faults;
  std::vector<size_t> index;
  const Template parsed = Template::Parse(text, faults, index);
  for (const Template::Part& part : parsed.parts()) {
    if (part.is_expression && (part.expression.Names("steps") || part.expression.Names("matrix")))
      return std::nullopt;
  }
  Json scope = Json::EmptyObject();
  scope.Set("inputs", inputs);
  auto value = RenderTree(tree, scope);
  return value ? std::optional<Json>(std::move(*value)) : std::nullopt;
}

// Every byte a token is the most there can be.
size_t CorpusTokens(const Corpus& corpus) {
  size_t tokens = corpus.bytes + corpus.lines * kLineTokens;
  for (const CorpusFile& file : corpus.files) tokens += file.path.size() + kFileTokens;
  return tokens;
}

class Bounder {
 public:
  Bounder(const Workflow& workflow, const Profile& profile, const Json& inputs,
          const PathDoor& door)
      : workflow_(workflow), profile_(profile), inputs_(inputs), door_(door) {}

  WorkflowBound Bound() {
    WorkflowBound bound{.tokens = 0, .dollars = 0};
    for (const size_t index : workflow_.order) {
      const WorkflowStep& step = workflow_.steps[index];
      StepBound one = OfStep(step);
      if (bound.tokens && one.tokens) *bound.tokens += *one.tokens;
      if (bound.dollars && one.dollars) *bound.dollars += *one.dollars;
      if (!one.tokens) bound.tokens.reset();
      if (!one.dollars) bound.dollars.reset();
      bound.steps.push_back(std::move(one));
    }
    // A budget is looked at before each query, so that one more may run over it.
    if (const auto& budget = workflow_.budgets.tokens) {
      const size_t capped = *budget + profile_.window_accepted_tokens;
      bound.tokens = std::min(bound.tokens.value_or(capped), capped);
    }
    if (const auto& budget = workflow_.budgets.dollars) {
      const double capped = *budget + Dollars(profile_.window_accepted_tokens, 0);
      bound.dollars = std::min(bound.dollars.value_or(capped), capped);
    }
    return bound;
  }

 private:
  double Dollars(size_t computed, size_t cached) const {
    const Profile::Prices& prices = profile_.prices;
    return (static_cast<double>(computed) * std::max(prices.input, prices.output) +
            static_cast<double>(cached) * prices.input_cached) /
           1e6;
  }

  size_t Thinking(const WorkflowStep& step) const {
    if (!profile_.thinking.supported) return 0;
    const Json* given = step.with.Find("thinking_tokens");
    return given != nullptr ? static_cast<size_t>(given->as_int())
                            : profile_.thinking.tokens_default;
  }

  size_t Instances(const WorkflowStep& step) const {
    if (!step.matrix.is_object()) return 1;
    size_t instances = 1;
    for (const auto& [axis, values] : step.matrix.as_object()) {
      const auto known = values.is_array() ? std::optional<Json>(values) : Known(values, inputs_);
      if (!known || !known->is_array()) return kWorkflowInstancesMax;
      instances *= known->size();
      if (instances >= kWorkflowInstancesMax) return kWorkflowInstancesMax;
    }
    return instances;
  }

  StepBound OfStep(const WorkflowStep& step) {
    StepBound bound{.id = step.id, .instances = Instances(step), .tokens = 0, .dollars = 0};
    switch (step.kind) {
      case StepKind::kAgent:
        Agent(step, bound);
        break;
      case StepKind::kAsk:
        Ask(step, bound);
        break;
      case StepKind::kAudit:
        Audit(step, bound);
        break;
      case StepKind::kTool:
      case StepKind::kApprove:
      case StepKind::kReport:
        bound.why = "asks no model";
        break;
    }
    return bound;
  }

  void Agent(const WorkflowStep& step, StepBound& bound) const {
    const size_t steps = step.budgets.steps.value_or(kWorkflowAgentSteps);
    const size_t window = profile_.window_accepted_tokens;
    size_t tokens = steps * window;
    bound.why = std::to_string(steps) + " queries of at most " + std::to_string(window) + " tokens";
    if (step.budgets.tokens && *step.budgets.tokens + window < tokens) {
      tokens = *step.budgets.tokens + window;
      bound.why = "its budget of " + std::to_string(*step.budgets.tokens) +
                  " tokens, and one query that runs over it";
    }
    bound.tokens = tokens * bound.instances;
    double dollars = Dollars(tokens, steps * window);
    if (step.budgets.dollars)
      dollars = std::min(dollars, *step.budgets.dollars + Dollars(window, 0));
    bound.dollars = dollars * static_cast<double>(bound.instances);
  }

  const std::string& CorpusOf(const WorkflowStep& step) const {
    if (const WorkflowStep* base = workflow_.Find(step.fork)) return CorpusOf(*base);
    return step.corpus.empty() ? workflow_.corpus : step.corpus;
  }

  // The step's corpus, when the inputs name it and it can be read.
  std::optional<Corpus> ReadNamed(const WorkflowStep& step) const {
    const auto named = Known(Json(CorpusOf(step)), inputs_);
    if (!named || !named->is_string()) return std::nullopt;
    const std::string& name = named->as_string();
    auto path = door_ ? door_(name, PathUse::kRead) : Result<std::string>(name);
    auto corpus = path ? ReadCorpus(*path) : path.error();
    return corpus ? std::optional<Corpus>(std::move(*corpus)) : std::nullopt;
  }

  // A model elsewhere is sent the text of a window with each question about it, and its server may
  // keep nothing between two of them.
  void Remote(const WorkflowStep& step, size_t questions, size_t question_tokens,
              StepBound& bound) const {
    bound.tokens.reset();
    bound.dollars.reset();
    bound.why = std::string(kUnknownCorpus);
    const auto corpus = ReadNamed(step);
    if (!corpus) return;
    const auto packed = PackForChat(profile_, *corpus);
    if (!packed) {
      bound.why = packed.error().Text();
      return;
    }
    const size_t each = profile_.system_text.size() + question_tokens + kRemoteFormTokens +
                        profile_.output_tokens_max + Thinking(step);
    size_t tokens = 0;
    for (const std::string& text : packed->texts) tokens += text.size() + each;
    bound.tokens = tokens * questions * bound.instances;
    bound.dollars = Dollars(*bound.tokens, 0);
    const size_t windows = packed->texts.size();
    bound.why = std::to_string(questions) + (questions == 1 ? " question" : " questions") +
                " to each of " + std::to_string(windows) + (windows == 1 ? " window" : " windows") +
                ", the corpus sent with each";
  }

  // What reading the corpus costs: nothing when a step before has read as much of it.
  std::optional<size_t> Reading(const WorkflowStep& step, bool all_windows, std::string& why) {
    const std::string& text = CorpusOf(step);
    std::optional<size_t> whole;
    if (const auto corpus = ReadNamed(step)) whole = CorpusTokens(*corpus);
    if (read_.contains({text, true}) || read_.contains({text, all_windows})) {
      why = "the corpus is read already";
      return 0;
    }
    read_.insert({text, all_windows});
    const size_t window = profile_.window_tokens();
    if (!all_windows) {
      why = "one window of the corpus";
      return whole ? std::min(*whole, window) : window;
    }
    why = whole ? "the whole corpus" : kUnknownCorpus;
    return whole;
  }

  void Ask(const WorkflowStep& step, StepBound& bound) {
    const auto question = Known(*step.with.Find("question"), inputs_);
    const size_t window = profile_.window_accepted_tokens;
    const size_t asked = question ? ValueText(*question).size() + kQuestionFormTokens : window;
    if (!profile_.endpoint.empty()) return Remote(step, 1, asked, bound);
    const auto reading = Reading(step, false, bound.why);
    const size_t each =
        std::min(asked + profile_.output_tokens_max + Thinking(step), window) + kPassageTokens;
    bound.tokens = *reading + each * bound.instances;
    bound.dollars = Dollars(*bound.tokens, profile_.window_tokens() * bound.instances);
    bound.why += ", and " + std::to_string(each) + " tokens a question";
  }

  void Audit(const WorkflowStep& step, StepBound& bound) {
    if (!profile_.endpoint.empty())
      return Remote(step, KnownFamilies().size(), kFamilyQuestionTokens, bound);
    bound.tokens = Reading(step, true, bound.why);
    size_t families = 0;
    if (!profile_.verdicts) {
      families = KnownFamilies().size();
      const size_t each = kFamilyQuestionTokens + profile_.output_tokens_max + Thinking(step);
      if (bound.tokens) *bound.tokens += families * each * bound.instances;
      bound.why += ", and " + std::to_string(families) + " questions";
    }
    bound.dollars.reset();
    if (bound.tokens) bound.dollars = Dollars(*bound.tokens, families * profile_.window_tokens());
  }

  const Workflow& workflow_;
  const Profile& profile_;
  const Json& inputs_;
  const PathDoor& door_;
  std::set<std::pair<std::string, bool>> read_;
};

template <typename Value>
Json OrNull(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

WorkflowBound BoundWorkflow(const Workflow& workflow, const Profile& profile, const Json& inputs,
                            const PathDoor& door) {
  return Bounder(workflow, profile, inputs, door).Bound();
}

Status WithinBound(const WorkflowBound& bound, size_t tokens_max, double dollars_max) {
  const bool tokens = tokens_max == 0 || (bound.tokens && *bound.tokens <= tokens_max);
  const bool dollars = dollars_max <= 0 || (bound.dollars && *bound.dollars <= dollars_max);
  if (tokens && dollars) return OkStatus();
  return Error{
      Code::kLimit,
      "not started: it could cost " +
          (bound.tokens ? std::to_string(*bound.tokens) : std::string("an unknown number of")) +
          " tokens and " + (bound.dollars ? Json(*bound.dollars).Dump() : std::string("unknown")) +
          " dollars, more than its bound allows"};
}

Json WorkflowBoundJson(const WorkflowBound& bound) {
  Json steps = Json::EmptyArray();
  for (const StepBound& step : bound.steps) {
    steps.Push(Json(Json::Object{{"id", step.id},
                                 {"instances_max", step.instances},
                                 {"tokens_max", OrNull(step.tokens)},
                                 {"dollars_max", OrNull(step.dollars)},
                                 {"why", step.why}}));
  }
  return Json(Json::Object{{"steps", std::move(steps)},
                           {"tokens_max", OrNull(bound.tokens)},
                           {"dollars_max", OrNull(bound.dollars)}});
}

}  // namespace fathom
