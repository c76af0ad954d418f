// SPDX-License-Identifier: Apache-2.0
// Runs a workflow with a model whose replies come from a file; for tests only.
//
//   player run WORKFLOW SCRIPT INPUTS_JSON | player resume RUN SCRIPT DECISIONS_JSON
//
// SCRIPT is JSON: [{"when": "text of the task", "replies": [{"content": ..., "calls": [{"name",
// "arguments"}]}]}]. Which reply comes follows from the request alone (how often the model has
// spoken since the task), so that a process that was killed changes nothing. Calls that are said to
// have been interrupted are made again, as by a model that reads: what they change is told by
// whether they still can. Prints one JSON object; events go to stderr. FATHOM_HOME and FATHOM_ROOT
// as for the program.
#include <cstdio>
#include <cstdlib>

#include "agent/workflow/run.h"
#include "base/files.h"
#include "base/limits.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

class PlayedModel final : public ChatModel {
 public:
  PlayedModel(Profile profile, Json script)
      : profile_(std::move(profile)), script_(std::move(script)) {}
  const Profile& profile() const override { return profile_; }
  ModelCan can() const override { return {}; }
  Result<ContextUse> MeasureContext(const ChatRequest& request) const override {
    size_t bytes = 0;
    for (const Message& message : request.messages) bytes += message.content.size();
    return ContextUse{.history = bytes / 4, .window = profile_.window_tokens()};
  }

  Result<ChatReply> Chat(const ChatRequest& request, const ChatSink&, const CallControl&) override {
    size_t task = request.messages.size(), spoken = 0;
    bool interrupted = false;  // a call of the message before
    while (task > 0 && request.messages[task - 1].role != Role::kUser) {
      const Message& message = request.messages[--task];
      interrupted = interrupted ||
                    (message.role == Role::kTool && message.content.starts_with("interrupted:"));
      if (message.role != Role::kAssistant) continue;
      spoken += !interrupted;
      interrupted = false;
    }
    if (task == 0) return Invalid("the request has no task");
    const std::string& text = request.messages[task - 1].content;
    for (const Json& part : script_.as_array()) {
      if (text.find(part.Find("when")->as_string()) == std::string::npos) continue;
      const Json& replies = *part.Find("replies");
      if (spoken >= replies.size())
        return Invalid("the script has no reply " + std::to_string(spoken));
      return ReplyOf(replies.as_array()[spoken], text.size() / 4);
    }
    return Invalid("the script knows no such task: " + text.substr(0, 200));
  }

 private:
  static ChatReply ReplyOf(const Json& json, size_t prompt) {
    ChatReply reply;
    reply.message.role = Role::kAssistant;
    if (const Json* content = json.Find("content"))
      reply.message.content = content->is_string() ? content->as_string() : content->Dump();
    if (const Json* calls = json.Find("calls")) {
      for (const Json& call : calls->as_array()) {
        reply.message.tool_calls.push_back(
            {.id = "call-" + std::to_string(reply.message.tool_calls.size()),
             .name = call.Find("name")->as_string(),
             .arguments = call.Find("arguments")->Dump()});
      }
      reply.finish = ChatFinish::kToolCalls;
    }
    reply.usage = {.prompt = prompt, .prefilled = prompt, .output = 10};
    return reply;
  }

  Profile profile_;
  Json script_;
};

struct Stage {
  Registry tools;
  std::unique_ptr<PlayedModel> model;
  std::unique_ptr<WorkflowRunStore> runs;
  std::unique_ptr<SessionStore> sessions;
  std::string policies;
};

Result<std::unique_ptr<Stage>> Open(const std::string& script_path) {
  auto stage = std::make_unique<Stage>();
  if (auto added = AddBuiltinTools(&stage->tools); !added) return added.error();
  auto text = ReadFile(script_path, kJsonBytesMax);
  if (!text) return text.error();
  auto script = Json::Parse(*text);
  if (!script) return script.error();
  Profile profile{.name = "played", .endpoint = "http://127.0.0.1:1"};
  profile.window_accepted_tokens = profile.window_reliable_tokens = 100'000;
  profile.system_text = "Answer from the corpus.";
  stage->model = std::make_unique<PlayedModel>(std::move(profile), std::move(*script));
  auto places = UserPlaces();
  if (!places) return places.error();
  auto root = InstallRoot();
  if (!root) return root.error();
  stage->policies = *root + "/configs/policies";
  auto runs = WorkflowRunStore::Open(places->data);
  if (!runs) return runs.error();
  stage->runs = std::move(*runs);
  auto sessions = SessionStore::Open(places->data, places->cache);
  if (!sessions) return sessions.error();
  stage->sessions = std::move(*sessions);
  return stage;
}

Result<std::string> Create(Stage& stage, const std::string& file, const Json& given) {
  auto place = FindWorkflow(file);
  if (!place) return place.error();
  CheckedWorkflow checked = LoadWorkflow(*place, {.tools = &stage.tools});
  if (!checked.ok()) return checked.FirstError();
  std::map<std::string, Json> values;
  for (const auto& [name, value] : given.as_object()) values.emplace(name, value);
  auto inputs = WorkflowInputs(*checked.workflow, values);
  if (!inputs) return inputs.error();
  return CreateWorkflowRun(
      *stage.runs,
      {.workflow = *checked.workflow, .inputs = std::move(*inputs), .model = "played"});
}

std::map<std::string, WorkflowDecision> DecisionsOf(const Json& said) {
  std::map<std::string, WorkflowDecision> decisions;
  for (const auto& [step, word] : said.as_object()) {
    decisions[step] = word == Json("approve")  ? WorkflowDecision::kApprove
                      : word == Json("refuse") ? WorkflowDecision::kRefuse
                      : word == Json("again")  ? WorkflowDecision::kAgain
                                               : WorkflowDecision::kSkip;
  }
  return decisions;
}

int Fail(const Error& error) {
  std::fprintf(stderr, "player: %s\n", error.Text().c_str());
  return 2;
}

int Main(int argc, char** argv) {
  if (argc != 5) return Fail(Invalid("player run|resume TARGET SCRIPT JSON"));
  const bool is_new = std::string_view(argv[1]) == "run";
  auto stage = Open(argv[3]);
  if (!stage) return Fail(stage.error());
  auto given = Json::Parse(argv[4]);
  if (!given || !given->is_object()) return Fail(Invalid("the last argument is no JSON object"));
  const auto run = is_new ? Create(**stage, argv[2], *given) : Result<std::string>(argv[2]);
  if (!run) return Fail(run.error());
  const WorkflowWorld world{.profile = (*stage)->model->profile(),
                            .chat = [&] { return Result<ChatModel*>((*stage)->model.get()); },
                            .tools = (*stage)->tools,
                            .sessions = *(*stage)->sessions,
                            .policies = {(*stage)->policies}};
  WorkflowRunOptions options;
  if (!is_new) options.decisions = DecisionsOf(*given);
  options.events = [](const Event& event) {
    if (!event.provisional()) std::fprintf(stderr, "%s\n", EventJson(event).Dump().c_str());
  };
  auto outcome = RunWorkflow(*(*stage)->runs, *run, world, options);
  if (!outcome) return Fail(outcome.error());
  auto record = (*stage)->runs->Load(*run);
  if (!record) return Fail(record.error());
  Json json = WorkflowRunJson(record->info);
  Json steps = Json::EmptyArray(), reports = Json::EmptyArray();
  for (const WorkflowStepRecord& step : record->steps) steps.Push(WorkflowStepRecordJson(step));
  for (const std::string& report : outcome->reports) reports.Push(report);
  json.Set("steps", std::move(steps));
  json.Set("reports", std::move(reports));
  std::printf("%s\n", json.Dump().c_str());
  return 0;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  return fathom::Main(argc, argv);
}
