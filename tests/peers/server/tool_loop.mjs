// SPDX-License-Identifier: Apache-2.0
// What the clients share: a task for which nano calls a tool, that tool, and a schema to answer in.
import assert from 'node:assert';

export const url = process.env.FATHOM_URL;
export const token = process.env.FATHOM_TOKEN;
export const task = 'Read the file README.md';
export const name = 'read_file';
export const description = 'Reads a text file of the workspace.';
export const parameters = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

export const calls = [];
export function readFile({ path }) {
  calls.push(path);
  return 'port = 8080';
}
// One call with the right arguments, a result that went back, an answer.
export function check(client, answer) {
  assert.deepEqual(calls, ['README.md'], `${client}: ${JSON.stringify(calls)}`);
  assert.match(answer, /8080/, `${client}: the answer does not hold the result`);
  calls.length = 0;
}

export const answerSchema = {
  type: 'object', additionalProperties: false, required: ['level', 'sure'],
  properties: { level: { type: 'string', enum: ['low', 'high'] }, sure: { type: 'boolean' } },
};
export function checkAnswer(client, answer) {
  assert.ok(['low', 'high'].includes(answer.level) && typeof answer.sure === 'boolean', `${client}: ${JSON.stringify(answer)}`);
}
