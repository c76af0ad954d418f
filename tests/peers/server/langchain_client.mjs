// SPDX-License-Identifier: Apache-2.0
// LangChain.js, unmodified: a bound tool is called, its result goes back, an answer comes; whole and streamed.
import assert from 'node:assert';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { answerSchema, check, checkAnswer, description, name, parameters, readFile, task, token, url } from './tool_loop.mjs';

const plain = new ChatOpenAI({
  model: 'nano', apiKey: token, maxRetries: 0, configuration: { baseURL: url }, streamUsage: true,
});
const model = plain.bindTools([{ type: 'function', function: { name, description, parameters } }]);

async function streamed(messages) {
  let whole;
  for await (const chunk of await model.stream(messages)) whole = whole === undefined ? chunk : whole.concat(chunk);
  return whole;
}

for (const [kind, ask] of [['invoke', (messages) => model.invoke(messages)], ['stream', streamed]]) {
  const messages = [new HumanMessage(task)];
  const reply = await ask(messages);
  assert.equal(reply.tool_calls.length, 1, `${kind}: ${JSON.stringify(reply.tool_calls)}`);
  assert.ok(reply.usage_metadata.output_tokens > 0, kind);
  const [call] = reply.tool_calls;
  assert.equal(call.name, name);
  messages.push(reply, new ToolMessage({ content: readFile(call.args), tool_call_id: call.id }));
  const answer = await ask(messages);
  check(`langchain, ${kind}`, answer.content);
  assert.ok(answer.usage_metadata.input_token_details.cache_read >= reply.usage_metadata.input_tokens);
}
const structured = plain.withStructuredOutput(answerSchema, { name: 'answer', method: 'jsonSchema', strict: true });
checkAnswer('langchain', await structured.invoke('Hello'));
console.log('langchain: a schema and tool loops hold, invoked and streamed');
