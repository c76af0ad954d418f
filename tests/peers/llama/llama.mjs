// SPDX-License-Identifier: Apache-2.0
// llama.cpp on one GGUF file, driven with raw token ids.
//
//   node llama.mjs bench  MODEL.gguf --threads 1,2 --contexts 2048,8192,16384 --batch 512,2048 --decode 128
//   node llama.mjs greedy MODEL.gguf --ids FILE --count N        greedy continuation and its probabilities
//
// Prints one JSON object on stdout. bench reports the best setting for each context and phase: prefill over all
// settings; decode over all settings too, so that a thread count that collapses is never held against it.
import {readFileSync} from "node:fs";
import {parseArgs} from "node:util";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

// The package may be installed anywhere; FATHOM_PEERS names a folder with node_modules.
async function loadPackage() {
    const folder = process.env.FATHOM_PEERS;
    if (!folder) return import("node-llama-cpp");
    const require = createRequire(pathToFileURL(folder + "/"));
    return import(pathToFileURL(require.resolve("node-llama-cpp")).href);
}

// The same sequence as `fathom bench` uses.
function benchTokens(count, vocabulary) {
    const tokens = new Array(count);
    let x = 20240607n;
    for (let i = 0; i < count; ++i) {
        x = (x * 1103515245n + 12345n) & 0x7fffffffn;
        tokens[i] = Number((x >> 8n) % BigInt(Math.floor(vocabulary * 15 / 16)));
    }
    return tokens;
}

const numbers = (text) => text.split(",").map(Number);
const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

async function benchOne(model, tokens, options, decode) {
    const context = await model.createContext({
        contextSize: tokens.length + decode + 8,
        batchSize: options.batch,
        threads: {ideal: options.threads, min: options.threads},
        flashAttention: options.flash,
        ignoreMemorySafetyChecks: true
    });
    try {
        const sequence = context.getSequence();
        const start = process.hrtime.bigint();
        await sequence.evaluateWithoutGeneratingNewTokens(tokens);
        const prefill = tokens.length / seconds(start);
        const decodeStart = process.hrtime.bigint();
        for (let i = 0; i < decode; ++i) await sequence.controlledEvaluate([[tokens[i], {generateNext: {token: true}}]]);
        return {prefill, decode: decode / seconds(decodeStart)};
    } finally {
        await context.dispose();
    }
}

async function bench(llama, file, args) {
    const model = await llama.loadModel({modelPath: file, gpuLayers: 0});
    const rows = [];
    for (const count of numbers(args.contexts)) {
        const tokens = benchTokens(count, model.fileInsights?.vocabularySize ?? Number(args.vocabulary));
        const best = {prefill: null, decode: null};
        for (const threads of numbers(args.threads)) {
            for (const batch of numbers(args.batch)) {
                for (const flash of [false, true]) {
                    const options = {threads, batch, flash};
                    const rates = await benchOne(model, tokens, options, Number(args.decode));
                    for (const phase of ["prefill", "decode"]) {
                        if (!best[phase] || rates[phase] > best[phase].tok_s) best[phase] = {tok_s: rates[phase], options};
                    }
                    process.stderr.write(`llama.cpp ${count} threads ${threads} batch ${batch} flash ${flash}: ` +
                        `prefill ${rates.prefill.toFixed(0)} decode ${rates.decode.toFixed(0)} tokens/s\n`);
                }
            }
        }
        for (const phase of ["prefill", "decode"]) rows.push({context: count, phase, ...best[phase]});
    }
    return {peer: "llama.cpp via node-llama-cpp", rows};
}

async function greedy(llama, file, args) {
    const ids = JSON.parse(readFileSync(args.ids, "utf8"));
    const count = Number(args.count);
    const model = await llama.loadModel({modelPath: file, gpuLayers: 0});
    const context = await model.createContext({
        contextSize: ids.length + count + 8,
        batchSize: ids.length,
        flashAttention: false,
        experimentalKvCacheKeyType: "F32",
        experimentalKvCacheValueType: "F32",
        ignoreMemorySafetyChecks: true
    });
    const sequence = context.getSequence();
    const continuation = [];
    const probabilities = [];
    let next = ids;
    for (let step = 0; step < count; ++step) {
        const input = next.map((token, i) =>
            i + 1 < next.length ? token : [token, {generateNext: {token: true, probabilities: true, options: {temperature: 0}}}]);
        const output = await sequence.controlledEvaluate(input);
        const {token, probabilities: all} = output[input.length - 1].next;
        // Most likely tokens first; 32 are plenty to compare.
        probabilities.push([...all.entries()].slice(0, 32));
        continuation.push(token);
        next = [token];
    }
    await context.dispose();
    return {greedy: continuation, probabilities};
}

const {positionals, values} = parseArgs({
    allowPositionals: true,
    options: {
        threads: {type: "string", default: "1,2"},
        contexts: {type: "string", default: "2048,8192,16384"},
        batch: {type: "string", default: "512,2048"},
        decode: {type: "string", default: "128"},
        vocabulary: {type: "string", default: "4096"},
        ids: {type: "string"},
        count: {type: "string", default: "16"}
    }
});
const [mode, file] = positionals;
if (!["bench", "greedy"].includes(mode) || !file) {
    process.stderr.write("usage: llama.mjs bench|greedy MODEL.gguf [options]\n");
    process.exit(2);
}
const {getLlama} = await loadPackage();
const llama = await getLlama({gpu: false, build: "never", progressLogs: false, logLevel: "error"});
const result = mode === "bench" ? await bench(llama, file, values) : await greedy(llama, file, values);
process.stdout.write(JSON.stringify(result) + "\n");
process.exit(0);
