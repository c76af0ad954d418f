// SPDX-License-Identifier: Apache-2.0
// The openai package, unmodified: models, completions (whole, streamed, aborted), chat with its own tool runner,
// responses, a schema, embeddings, error classes.
import assert from 'node:assert';
import OpenAI from 'openai';
import { answerSchema, check, checkAnswer, description, name, parameters, readFile, task, token, url } from './tool_loop.mjs';

const client = new OpenAI({ baseURL: url, apiKey: token, maxRetries: 0 });

const models = [];
for await (const model of client.models.list()) models.push(model.id);
assert.deepEqual(models, ['nano']);

const request = { model: 'nano', prompt: 'def add(a, b):\n    return a', max_tokens: 16 };
const whole = await client.completions.create(request);
let text = '', usage;
for await (const chunk of await client.completions.create({ ...request, stream: true, stream_options: { include_usage: true } })) {
  text += chunk.choices[0]?.text ?? '';
  usage = chunk.usage ?? usage;
}
assert.equal(text, whole.choices[0].text);
assert.equal(usage.total_tokens, whole.usage.total_tokens);

const long = await client.completions.create({ ...request, max_tokens: 20000, temperature: 1, seed: 1, stream: true });
for await (const chunk of long) {
  assert.equal(chunk.object, 'text_completion');
  break; // aborts the request
}

// The package's own loop: it calls the function and sends its result back until there is an answer.
for (const stream of [false, true]) {
  const runner = client.chat.completions.runTools({
    model: 'nano',
    messages: [{ role: 'user', content: task }],
    stream,
    ...(stream ? { stream_options: { include_usage: true } } : {}),
    tools: [{ type: 'function', function: { name, description, parameters, parse: JSON.parse, function: readFile } }],
  });
  check(`openai, stream ${stream}`, await runner.finalContent());
  const spent = await runner.totalUsage();
  assert.ok(spent.completion_tokens > 0 && spent.prompt_tokens > 0);
  const roles = runner.messages.map((message) => message.role);
  assert.deepEqual(roles, ['user', 'assistant', 'tool', 'assistant']);
}

// The same by /v1/responses: the result goes on from the response that made the call.
for (const stream of [false, true]) {
  const respond = async (more) => {
    const body = { model: 'nano', tools: [{ type: 'function', name, description, parameters, strict: false }], ...more };
    return stream ? client.responses.stream(body).finalResponse() : client.responses.create(body);
  };
  const first = await respond({ input: task });
  const call = first.output.find((item) => item.type === 'function_call');
  const output = readFile(JSON.parse(call.arguments));
  const second = await respond({
    previous_response_id: first.id, input: [{ type: 'function_call_output', call_id: call.call_id, output }],
  });
  check(`openai, responses, stream ${stream}`, second.output_text);
  assert.ok(second.usage.input_tokens_details.cached_tokens >= first.usage.input_tokens);
}

// Held to a schema, whatever nano would say.
const parsed = await client.chat.completions.parse({
  model: 'nano', messages: [{ role: 'user', content: 'Hello' }],
  response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: answerSchema, strict: true } },
});
checkAnswer('openai', JSON.parse(parsed.choices[0].message.content));

// Asked for as base64 by default, decoded by the package.
const vectors = await client.embeddings.create({ model: 'nano', input: ['a b', 'c'] });
assert.equal(vectors.data.length, 2);
assert.ok(Math.abs(vectors.data[0].embedding.reduce((sum, x) => sum + x * x, 0) - 1) < 1e-5);

await assert.rejects(client.completions.create({ ...request, model: 'gpt' }), OpenAI.NotFoundError);
await assert.rejects(client.completions.create({ ...request, max_tokens: -1 }), OpenAI.BadRequestError);
const stranger = new OpenAI({ baseURL: url, apiKey: 'wrong', maxRetries: 0 });
await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
console.log('openai: models, completions, streams, an abort, tool loops, responses, a schema, embeddings and error classes hold');
