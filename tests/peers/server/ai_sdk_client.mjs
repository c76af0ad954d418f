// SPDX-License-Identifier: Apache-2.0
// Vercel's AI SDK with its provider for compatible servers, unmodified: its own tool loop, whole and streamed.
import assert from 'node:assert';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { answerSchema, check, checkAnswer, description, name, parameters, readFile, task, token, url } from './tool_loop.mjs';

const provider = createOpenAICompatible({ name: 'fathom', baseURL: url, apiKey: token, includeUsage: true, supportsStructuredOutputs: true });
const options = {
  model: provider('nano'),
  prompt: task,
  tools: { [name]: tool({ description, inputSchema: jsonSchema(parameters), execute: readFile }) },
  stopWhen: stepCountIs(4),
  maxRetries: 0,
};

const whole = await generateText(options);
check('ai, generateText', whole.text);
assert.equal(whole.steps.length, 2);
assert.equal(whole.steps[0].finishReason, 'tool-calls');
assert.ok(whole.steps[1].usage.cachedInputTokens >= whole.steps[0].usage.inputTokens, 'the second step read again');

let argumentPieces = 0, failure;
const stream = streamText({ ...options, onError: ({ error }) => { failure = error; } });
for await (const part of stream.fullStream) argumentPieces += part.type === 'tool-input-delta';
assert.equal(failure, undefined);
check('ai, streamText', await stream.text);
assert.ok(argumentPieces > 1, 'arguments come in pieces');
const usage = await stream.totalUsage;
assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);

const { object } = await generateObject({ model: options.model, prompt: 'Hello', schema: jsonSchema(answerSchema), maxRetries: 0 });
checkAnswer('ai, generateObject', object);
const { toolCalls } = await generateText({ ...options, stopWhen: stepCountIs(1), prompt: 'Hello', toolChoice: 'required' });
assert.ok(toolCalls.length >= 1 && toolCalls[0].toolName === name, 'a required call comes');
console.log(`ai: required calls, a schema and tool loops hold, whole and streamed (${argumentPieces} pieces of arguments)`);
