// SPDX-License-Identifier: Apache-2.0
// llama.cpp on one GGUF file, driven with raw token ids.
//
//   node llama.mjs bench  MODEL.gguf --threads 1,2 --contexts 2048,8192,16384 --batch 128,512,2048
//                         [--decode 128] [--repeats 3] [--vocabulary 4096]
//   node llama.mjs state  MODEL.gguf --contexts 131072 --threads 2 --state FILE [--vocabulary 4096]
//   node llama.mjs greedy MODEL.gguf --ids FILE --count N
//   node llama.mjs check                              exit status 77 if node-llama-cpp is absent
//
// One JSON object on stdout, the log on stderr. The package is looked for in $FATHOM_PEERS (a folder
// with node_modules) or beside this file.
//
// bench: for each context and phase the best of all settings, threads x micro-batch x flash
// attention, for decode too, so that a thread count that collapses is never held against llama.cpp. A
// setting is warmed up once and its figure is the median of the repeats; a phase whose warm-up is
// under a quarter of the best warm-up of that context so far is not measured further. All settings are
// tried at the first context; at the others, for each phase, those that were its best two there, which
// "tried" says. A token that is decoded knows no micro-batch: there decode follows a prefill with the
// same flash attention where one is measured, with its own threads; else the prompt before it is read
// with the most threads, once.
//   {"peer", "build", "rows": [{"context", "phase", "tok_s", "options": {threads, batch, flash, kv}}]}
//
// state: reads, saves through llama_state_seq_save_file, restores in a new process, and compares there the
// probabilities after one more token, bit for bit.
//
// greedy: {"greedy": ids, "probabilities": per position of ids and continuation but the last token's,
//   the 32 most likely next tokens as [id, probability]}; f32 keys and values, no flash attention.
import {spawnSync} from "node:child_process";
import {readFileSync, rmSync} from "node:fs";
import {parseArgs} from "node:util";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const PHASES = ["prefill", "decode"];
const TOP = 32;
const WARM_UP_DECODES = 8;
const HOPELESS = 1 / 4;
const EXIT_ABSENT = 77;

async function loadPackage() {
    const folder = process.env.FATHOM_PEERS;
    try {
        if (!folder) return await import("node-llama-cpp");
        const require = createRequire(pathToFileURL(folder + "/"));
        return await import(pathToFileURL(require.resolve("node-llama-cpp")).href);
    } catch (error) {
        if (!["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(error.code)) throw error;
        process.stderr.write("node-llama-cpp is not installed: npm install --prefix tests/peers/llama, " +
            "or name a folder that has it in FATHOM_PEERS\n");
        process.exit(EXIT_ABSENT);
    }
}

// The same sequence as `fathom bench` uses.
function benchTokens(count, vocabulary) {
    const tokens = new Uint32Array(count);
    let x = 20240607n;
    for (let i = 0; i < count; ++i) {
        x = (x * 1103515245n + 12345n) & 0x7fffffffn;
        tokens[i] = Number((x >> 8n) % BigInt(Math.floor(vocabulary * 15 / 16)));
    }
    return tokens;
}

const numbers = (text) => text.split(",").map(Number);
const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

// llama_decode through the package's own binding, one call a batch. The public evaluate() and
// controlledEvaluate() end in the same three calls, but add a sampler, locks, event loop turns and, for
// hybrid models, checkpoints of the state; none of that is llama.cpp's time.
class Decoder {
    constructor(context, threads, batch) {
        this.binding = context._ctx;
        for (const call of ["initBatch", "addToBatch", "decodeBatch", "disposeSequence", "setThreads"]) {
            if (typeof this.binding?.[call] !== "function") {
                throw new Error(`node-llama-cpp has no ${call} any more; use the version of package.json`);
            }
        }
        this.useThreads(threads);
        this.batch = batch;
    }

    useThreads(threads) {
        this.binding.setThreads(threads);
        if (this.binding.getThreads() !== threads) throw new Error(`${threads} threads were refused`);
    }

    forget() {
        this.binding.disposeSequence(0);
        this.position = 0;
    }

    // The logits of the last token are computed, as `fathom bench` does.
    async append(tokens) {
        for (let begin = 0; begin < tokens.length; begin += this.batch) {
            const part = tokens.slice(begin, begin + this.batch);
            const outputs = begin + part.length === tokens.length ? [part.length - 1] : [];
            this.binding.initBatch(part.length);
            this.binding.addToBatch(0, this.position, part, Uint32Array.from(outputs));
            await this.binding.decodeBatch();
            this.position += part.length;
        }
    }

    async decode(tokens, count) {
        for (let i = 0; i < count; ++i) {
            const at = i % tokens.length;
            await this.append(tokens.subarray(at, at + 1));
        }
    }
}

const rated = async (count, work) => {
    const start = process.hrtime.bigint();
    await work();
    return count / seconds(start);
};

// One prompt that is read: its speed counts with `prefill`, and behind it decode is measured with the
// threads of each of `decodes`.
// {prefill, decodes: [{setting, rate}]} in tokens/s, null where it was not asked for or the warm-up was
// hopeless; `seen` are the best warm-ups so far.
async function benchReading(model, tokens, {setting, prefill, decodes}, args, seen) {
    const context = await model.createContext({
        contextSize: tokens.length + args.decode * args.repeats * decodes.length + WARM_UP_DECODES,
        batchSize: setting.batch,
        threads: {ideal: setting.threads, min: setting.threads},
        flashAttention: setting.flash,
        ignoreMemorySafetyChecks: true
    });
    try {
        const decoder = new Decoder(context, setting.threads, setting.batch);
        const hopeful = (phase, rate) => {
            seen[phase] = Math.max(seen[phase], rate);
            return rate >= seen[phase] * HOPELESS;
        };
        const first = tokens.slice(0, setting.batch);
        decoder.forget();
        const prefillHopeful = hopeful("prefill", await rated(first.length, () => decoder.append(first)));
        const hopes = [];
        for (const one of decodes) {
            decoder.useThreads(one.threads);
            const rate = await rated(WARM_UP_DECODES, () => decoder.decode(tokens, WARM_UP_DECODES));
            if (hopeful("decode", rate)) hopes.push(one);
        }
        decoder.useThreads(setting.threads);
        const read = [];
        for (let i = 0; i < args.repeats && prefillHopeful && prefill; ++i) {
            decoder.forget();
            read.push(await rated(tokens.length, () => decoder.append(tokens)));
        }
        if (read.length === 0 && hopes.length > 0) {
            decoder.forget();
            decoder.useThreads(Math.max(...numbers(args.threads)));
            await decoder.append(tokens);
        }
        const decoded = [];
        for (const one of hopes) {
            const rates = [];
            decoder.useThreads(one.threads);
            for (let i = 0; i < args.repeats; ++i) {
                rates.push(await rated(args.decode, () => decoder.decode(tokens, args.decode)));
            }
            decoded.push({setting: {...setting, threads: one.threads}, rate: median(rates)});
        }
        return {prefill: median(read) ?? null, decodes: decoded};
    } finally {
        await context.dispose();
    }
}

function* settings(args, count) {
    // A micro-batch beyond the context is the context's own; one of those is enough.
    const batches = new Set(numbers(args.batch).map((batch) => Math.min(batch, count)));
    for (const threads of numbers(args.threads)) {
        for (const batch of batches) {
            for (const flash of [false, true]) yield {threads, batch, flash, kv: "f16"};
        }
    }
}

// What is read at further contexts: the best two settings of each phase at the first one.
function bestTwo(measured) {
    const prefills = measured.prefill.toSorted((a, b) => b.rate - a.rate).slice(0, 2);
    const decodes = measured.decode.toSorted((a, b) => b.rate - a.rate).filter((one, at, all) => all.findIndex(
        ({setting}) => setting.threads === one.setting.threads && setting.flash === one.setting.flash) === at).slice(0, 2);
    const readings = prefills.map(({setting}) => ({setting, prefill: true, decodes: []}));
    for (const {setting} of decodes) {
        let reading = readings.find((one) => one.setting.flash === setting.flash);
        if (!reading) readings.push(reading = {setting, prefill: false, decodes: []});
        reading.decodes.push(setting);
    }
    return readings;
}

async function bench(llama, file, args) {
    const model = await llama.loadModel({modelPath: file, gpuLayers: 0});
    const rows = [];
    let kept = null;
    for (const count of numbers(args.contexts)) {
        const tokens = benchTokens(count, args.vocabulary), seen = {prefill: 0, decode: 0};
        const readings = kept ?? [...settings(args, count)].map((setting) => ({setting, prefill: true, decodes: [setting]}));
        const measured = {prefill: [], decode: []};
        const tried = kept ? `the best two of each phase at ${args.contexts.split(",")[0]} tokens`
            : `all ${readings.length} of threads ${args.threads}, micro-batch ${args.batch}, flash attention off, on`;
        const shown = (rate) => rate ? rate.toFixed(0) : "-";
        for (const reading of readings) {
            const {prefill, decodes} = await benchReading(model, tokens, reading, args, seen);
            if (prefill) measured.prefill.push({setting: reading.setting, rate: prefill});
            measured.decode.push(...decodes);
            const told = decodes.map(({setting, rate}) => `${shown(rate)} (threads ${setting.threads})`).join(", ");
            process.stderr.write(`llama.cpp ${count} ${JSON.stringify(reading.setting)}, ${tried}: ` +
                `prefill ${shown(prefill)} decode ${told || "-"} tokens/s\n`);
        }
        for (const phase of PHASES) {
            const [best] = measured[phase].toSorted((a, b) => b.rate - a.rate);
            rows.push({context: count, phase, ...(best && {tok_s: best.rate, options: {...best.setting, tried}})});
        }
        kept ??= bestTwo(measured);
    }
    return {peer: "llama.cpp via node-llama-cpp", build: llama.llamaCppRelease.release, rows};
}

const timed = async (work) => {
    const start = process.hrtime.bigint();
    const result = await work();
    return [seconds(start), result];
};

// [id, probability] of all next tokens after one more token, as text.
async function probe(sequence, token) {
    const wanted = {generateNext: {token: true, probabilities: true, options: {temperature: 0}}};
    const [{next: {probabilities}}] = await sequence.controlledEvaluate([[token, wanted]]);
    return JSON.stringify([...probabilities.entries()]);
}

async function state(llama, file, args) {
    const count = Number(args.contexts), threads = Number(args.threads);
    const tokens = [...benchTokens(count + 1, args.vocabulary)];
    const last = tokens.pop();
    const model = await llama.loadModel({modelPath: file, gpuLayers: 0});
    const context = await model.createContext({contextSize: count + 8, batchSize: 512,
        threads: {ideal: threads, min: threads}, flashAttention: true, ignoreMemorySafetyChecks: true});
    const sequence = context.getSequence();
    if (args.restored) {
        const [restore] = await timed(() => sequence.loadStateFromFile(args.state, {acceptRisk: true}));
        const held = sequence.nextTokenIndex;
        return {seconds: restore, recomputed: count - held, next: await probe(sequence, last)};
    }
    const [read] = await timed(() => sequence.evaluateWithoutGeneratingNewTokens(tokens));
    try {
        const [save, {fileSize}] = await timed(() => sequence.saveStateToFile(args.state));
        const next = await probe(sequence, last);
        const argv = [...process.argv.slice(1), "--restored"];
        const child = spawnSync(process.execPath, argv, {stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26});
        if (child.status !== 0) throw new Error("the process that restores failed");
        const restored = JSON.parse(child.stdout);
        return {read_seconds: read, save_seconds: save, bytes: fileSize, seconds: restored.seconds,
            recomputed: restored.recomputed, ratio: read / restored.seconds, logits_equal: restored.next === next};
    } finally {
        rmSync(args.state, {force: true});
    }
}

async function greedy(llama, file, args) {
    const ids = JSON.parse(readFileSync(args.ids, "utf8"));
    const count = args.count;
    const model = await llama.loadModel({modelPath: file, gpuLayers: 0});
    const context = await model.createContext({
        contextSize: ids.length + count + 8,
        batchSize: ids.length,
        flashAttention: false,
        experimentalKvCacheKeyType: "F32",
        experimentalKvCacheValueType: "F32",
        ignoreMemorySafetyChecks: true
    });
    if (context.kvCacheKeyType !== 0 || context.kvCacheValueType !== 0 || context.flashAttention !== false) {
        throw new Error("f32 keys and values without flash attention were refused");
    }
    const sequence = context.getSequence();
    const continuation = [], probabilities = [];
    const wanted = {generateNext: {token: true, probabilities: true, options: {temperature: 0}}};
    let next = ids;
    for (let step = 0; step < count; ++step) {
        const output = await sequence.controlledEvaluate(next.map((token) => [token, wanted]));
        // Most likely tokens first.
        for (const {next: {probabilities: all}} of output) probabilities.push([...all.entries()].slice(0, TOP));
        const {token} = output[output.length - 1].next;
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
        batch: {type: "string", default: "128,512,2048"},
        decode: {type: "string", default: "128"},
        repeats: {type: "string", default: "3"},
        vocabulary: {type: "string", default: "4096"},
        state: {type: "string"},
        restored: {type: "boolean", default: false},
        ids: {type: "string"},
        count: {type: "string", default: "16"}
    }
});
const [mode, file] = positionals;
for (const name of ["decode", "repeats", "vocabulary", "count"]) values[name] = Number(values[name]);
if (!["bench", "state", "greedy", "check"].includes(mode) || (mode !== "check" && !file)) {
    process.stderr.write("usage: llama.mjs bench|state|greedy MODEL.gguf [options], or llama.mjs check\n");
    process.exit(2);
}
const {getLlama} = await loadPackage();
// maxThreads 0: what a context asks for is what it gets.
const llama = await getLlama({gpu: false, build: "never", progressLogs: false, logLevel: "error", maxThreads: 0});
const modes = {bench, state, greedy, check: async () => ({build: llama.llamaCppRelease.release})};
const result = await modes[mode](llama, file, values);
process.stdout.write(JSON.stringify(result) + "\n", () => process.exit(0));
