# SPDX-License-Identifier: Apache-2.0
"""An independent forward pass of MiniMax-M1 in numpy, float64, token by token.

It shares no code with the engine and takes no shortcut: the lightning state is the recurrence,
softmax attention looks at every key, every expert of a token is a plain product. The golden logits
beside this file come from it.

    python3 m1_reference.py make                       rewrites the golden files of all cases
    python3 m1_reference.py write CASE FOLDER [--shards N] [--dtype f32|bf16|f16]
                                                       a case as HF files (config.json, safetensors)
    python3 m1_reference.py logits FOLDER --ids FILE [--lightning-eps E] --out FILE.npy
                                                       float64 logits of every position
"""
import argparse
import json
import math
import os
import struct

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


# The model

def rms_norm(x, weight, eps):
    return x / np.sqrt((x * x).mean() + eps) * weight


def silu(x):
    return x / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def slopes(heads, layer, layers):
    def power_of_two(n):
        return [2.0 ** (-8.0 * (i + 1) / n) for i in range(n)]

    below = 2 ** int(math.floor(math.log2(heads)))
    base = power_of_two(below) + power_of_two(2 * below)[0::2][:heads - below]
    depth = layer / (layers - 1) if layers > 1 else 0.0
    return np.array(base) * (1 - depth + 1e-5)


def rotate(x, position, rotary_dim, theta):
    """x (heads, head_dim): pairs (i, i + rotary_dim / 2)."""
    half = rotary_dim // 2
    if half == 0:
        return x
    angle = position * theta ** (-2.0 * np.arange(half) / rotary_dim)
    a, b, rest = x[:, :half], x[:, half:rotary_dim], x[:, rotary_dim:]
    cos, sin = np.cos(angle), np.sin(angle)
    return np.concatenate([a * cos - b * sin, b * cos + a * sin, rest], 1)


class Model:
    def __init__(self, config, tensors, lightning_eps):
        self.c, self.t, self.eps = config, tensors, lightning_eps
        heads, dim = config["num_attention_heads"], config["head_dim"]
        kinds = list(enumerate(config["attn_type_list"]))
        self.states = {i: np.zeros((heads, dim, dim)) for i, kind in kinds if kind == 0}
        self.keys = {i: ([], []) for i, kind in kinds if kind == 1}
        self.position = 0

    def lightning(self, i, h):
        c, prefix = self.c, f"model.layers.{i}.self_attn."
        heads, dim = c["num_attention_heads"], c["head_dim"]
        z = silu(self.t[prefix + "qkv_proj.weight"] @ h).reshape(heads, 3, dim)
        decay = np.exp(-slopes(heads, i, c["num_hidden_layers"]))
        state = self.states[i]
        out = np.empty((heads, dim))
        for head in range(heads):
            q, k, v = z[head]
            state[head] = decay[head] * state[head] + np.outer(k, v)
            out[head] = q @ state[head]
        out = rms_norm(out.reshape(-1), self.t[prefix + "norm.weight"], self.eps)
        gate = 1 / (1 + np.exp(-(self.t[prefix + "output_gate.weight"] @ h)))
        return self.t[prefix + "out_proj.weight"] @ (gate * out)

    def attention(self, i, h):
        c, prefix = self.c, f"model.layers.{i}.self_attn."
        heads, kv_heads, dim = c["num_attention_heads"], c["num_key_value_heads"], c["head_dim"]

        def project(name, count):
            return (self.t[prefix + name + "_proj.weight"] @ h).reshape(count, dim)

        rope = (self.position, c["rotary_dim"], c["rope_theta"])
        q = rotate(project("q", heads), *rope)
        keys, values = self.keys[i]
        keys.append(rotate(project("k", kv_heads), *rope))
        values.append(project("v", kv_heads))
        k, v = np.array(keys), np.array(values)
        out = np.empty((heads, dim))
        for head in range(heads):
            group = head // (heads // kv_heads)
            out[head] = softmax(k[:, group] @ q[head] / math.sqrt(dim)) @ v[:, group]
        return self.t[prefix + "o_proj.weight"] @ out.reshape(-1)

    def experts(self, i, g):
        prefix = f"model.layers.{i}.block_sparse_moe."
        p = softmax(self.t[prefix + "gate.weight"] @ g)
        top = np.argsort(-p, kind="stable")[:self.c["num_experts_per_tok"]]
        out = 0
        for e in top:
            expert = f"{prefix}experts.{e}."
            w1, w2, w3 = (self.t[expert + name + ".weight"] for name in ("w1", "w2", "w3"))
            out = out + p[e] / p[top].sum() * (w2 @ (silu(w1 @ g) * (w3 @ g)))
        return out

    def step(self, token):
        c, eps = self.c, self.c["rms_norm_eps"]
        x = self.t["model.embed_tokens.weight"][token]
        for i, kind in enumerate(c["attn_type_list"]):
            layer, name = f"model.layers.{i}.", "full" if kind == 1 else "linear"
            alpha, beta = (c[f"layernorm_{name}_attention_{scale}"] for scale in ("alpha", "beta"))
            h = rms_norm(x, self.t[layer + "input_layernorm.weight"], eps)
            a = self.attention(i, h) if kind == 1 else self.lightning(i, h)
            x = alpha * h + beta * a
            g = rms_norm(x, self.t[layer + "post_attention_layernorm.weight"], eps)
            x = c["layernorm_mlp_alpha"] * g + c["layernorm_mlp_beta"] * self.experts(i, g)
        self.position += 1
        return self.t["lm_head.weight"] @ rms_norm(x, self.t["model.norm.weight"], eps)


def logits_of(config, tensors, ids, lightning_eps=None):
    if lightning_eps is None:
        lightning_eps = config.get("lightning_norm_eps", 1e-6)
    doubles = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    model = Model(config, doubles, lightning_eps)
    return np.array([model.step(token) for token in ids])


# Synthetic weights: value i of a tensor is a hash of (seed, name, i), so that any language can make
# the same ones.

def synthetic_tensor(seed, name, shape):
    mask = (1 << 64) - 1
    base = 0xcbf29ce484222325
    for byte in name.encode():
        base = (base ^ byte) * 0x100000001b3 & mask
    base = (base + seed * 0xd1342543de82ef95) & mask
    with np.errstate(over="ignore"):
        index = np.arange(1, math.prod(shape) + 1, dtype=np.uint64)
        z = np.uint64(base) + index * np.uint64(0x9e3779b97f4a7c15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xbf58476d1ce4e5b9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94d049bb133111eb)
        z = z ^ (z >> np.uint64(31))
    unit = (z >> np.uint64(11)).astype(np.float64) * 2.0 ** -52 - 1
    if len(shape) == 1:
        values = 1 + 0.25 * unit
    elif name == "model.embed_tokens.weight":
        values = unit
    else:
        values = unit * (math.sqrt(3.0 / shape[1]) * (2.0 if name == "lm_head.weight" else 1.0))
    return values.astype(np.float32).reshape(shape)


def shapes_of(c):
    """(name, shape) of every tensor, in the order of the official checkpoint's layers."""
    hidden, width = c["hidden_size"], c["num_attention_heads"] * c["head_dim"]
    kv, ffn = c["num_key_value_heads"] * c["head_dim"], c["intermediate_size"]
    rows = c["vocab_size"]
    yield "model.embed_tokens.weight", (rows, hidden)
    for i, kind in enumerate(c["attn_type_list"]):
        layer = f"model.layers.{i}."
        attention, moe = layer + "self_attn.", layer + "block_sparse_moe."
        yield layer + "input_layernorm.weight", (hidden,)
        yield layer + "post_attention_layernorm.weight", (hidden,)
        if kind == 0:
            yield attention + "qkv_proj.weight", (3 * width, hidden)
            yield attention + "output_gate.weight", (width, hidden)
            yield attention + "norm.weight", (width,)
            yield attention + "out_proj.weight", (hidden, width)
        else:
            yield attention + "q_proj.weight", (width, hidden)
            yield attention + "k_proj.weight", (kv, hidden)
            yield attention + "v_proj.weight", (kv, hidden)
            yield attention + "o_proj.weight", (hidden, width)
        yield moe + "gate.weight", (c["num_local_experts"], hidden)
        for e in range(c["num_local_experts"]):
            yield f"{moe}experts.{e}.w1.weight", (ffn, hidden)
            yield f"{moe}experts.{e}.w2.weight", (hidden, ffn)
            yield f"{moe}experts.{e}.w3.weight", (ffn, hidden)
    yield "model.norm.weight", (hidden,)
    yield "lm_head.weight", (rows, hidden)


def synthetic(config, seed):
    return {name: synthetic_tensor(seed, name, shape) for name, shape in shapes_of(config)}


# The cases

def config_of(kinds, hidden, heads, kv_heads, head_dim, rotary_dim, experts, top, width, vocabulary,
              **more):
    alpha = (2 * len(kinds)) ** 0.25
    config = {
        "architectures": ["MiniMaxM1ForCausalLM"], "model_type": "minimax_m1", "hidden_act": "silu",
        "vocab_size": vocabulary, "hidden_size": hidden, "intermediate_size": width,
        "num_hidden_layers": len(kinds), "num_attention_heads": heads,
        "num_key_value_heads": kv_heads, "head_dim": head_dim, "num_local_experts": experts,
        "num_experts_per_tok": top, "attn_type_list": kinds, "rotary_dim": rotary_dim,
        "rope_theta": 10000000, "rms_norm_eps": 1e-05, "max_position_embeddings": 4096,
        "layernorm_full_attention_alpha": alpha, "layernorm_full_attention_beta": 1.0,
        "layernorm_linear_attention_alpha": alpha, "layernorm_linear_attention_beta": 1.0,
        "layernorm_mlp_alpha": alpha, "layernorm_mlp_beta": 1.0, "postnorm": True,
        "sliding_window": None, "shared_intermediate_size": 0, "shared_moe_mode": "sigmoid",
        "tie_word_embeddings": False, "bos_token_id": None, "eos_token_id": None,
    }
    config.update(more)
    return config


CASES = {
    # M1's own layer pattern, head layout (heads * head_dim != hidden) and half-width RoPE.
    "m1": (config_of([0] * 7 + [1], 64, 4, 2, 32, 16, 4, 2, 96, 320), 300),
    # nano's pattern: a softmax layer in the middle, rotary_dim 2.
    "nano": (config_of([0, 0, 0, 1, 0, 0, 0, 1], 96, 8, 2, 16, 2, 8, 2, 64, 256), 200),
    # Six heads (slopes interpolate), softmax first and lightning last, three experts a token, all
    # scales different.
    "odd": (config_of([1, 0, 0, 1, 0], 32, 6, 3, 16, 16, 5, 3, 32, 160,
                      rms_norm_eps=1e-3, lightning_norm_eps=1e-2, rope_theta=10000,
                      layernorm_full_attention_alpha=1.5, layernorm_full_attention_beta=0.75,
                      layernorm_linear_attention_alpha=1.25, layernorm_linear_attention_beta=0.5,
                      layernorm_mlp_alpha=1.75, layernorm_mlp_beta=0.875), 131),
    # One layer: no depth to divide the slopes by.
    "single": (config_of([0], 32, 2, 1, 32, 0, 2, 1, 64, 96), 70),
}


def make():
    for name, (config, count) in CASES.items():
        seed = 1 + list(CASES).index(name)
        ids = np.random.default_rng(seed).integers(0, config["vocab_size"], count).tolist()
        logits = logits_of(config, synthetic(config, seed), ids)
        edges = [63, 64, 65, count - 2, count - 1]
        positions = sorted({*range(6), *range(5, count, count // 24), *edges})
        with open(os.path.join(HERE, name + ".json"), "w") as file:
            json.dump({"config": config, "seed": seed, "ids": ids, "positions": positions}, file)
            file.write("\n")
        logits[positions].astype("<f4").tofile(os.path.join(HERE, name + ".logits.f32"))
        print(name, logits.shape, "std", logits.std().round(3), "max", abs(logits).max().round(3))


# HF files

def bf16_bits(data):
    bits = np.ascontiguousarray(data, dtype=np.float32).view(np.uint32)
    return ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def encode(data, dtype):
    if dtype == "bf16":
        return "BF16", bf16_bits(data).tobytes()
    if dtype == "f16":
        return "F16", data.astype(np.float16).tobytes()
    return "F32", data.astype(np.float32).tobytes()


def write_safetensors(path, tensors, dtype):
    header, blobs, offset = {}, [], 0
    for name, data in tensors.items():
        # Routers stay f32 in the official checkpoint, whatever the rest is.
        kind, blob = encode(data, "f32" if name.endswith("block_sparse_moe.gate.weight") else dtype)
        header[name] = {"dtype": kind, "shape": list(data.shape),
                        "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def write(case, folder, shards, dtype):
    config, _ = CASES[case]
    tensors = synthetic(config, 1 + list(CASES).index(case))
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(config, file, indent=1)
    if shards == 1:
        write_safetensors(os.path.join(folder, "model.safetensors"), tensors, dtype)
        return
    names, weight_map = list(tensors), {}
    for i in range(shards):
        shard = f"model-{i + 1:05d}-of-{shards:05d}.safetensors"
        part = names[i * len(names) // shards:(i + 1) * len(names) // shards]
        kept = {name: tensors[name] for name in part}
        write_safetensors(os.path.join(folder, shard), kept, dtype)
        weight_map.update({name: shard for name in part})
    with open(os.path.join(folder, "model.safetensors.index.json"), "w") as file:
        json.dump({"metadata": {}, "weight_map": weight_map}, file)


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        raw = data[slice(*entry["data_offsets"])]
        if entry["dtype"] == "BF16":
            values = (np.frombuffer(raw, np.uint16).astype(np.uint32) << 16).view(np.float32)
        else:
            values = np.frombuffer(raw, {"F32": np.float32, "F16": np.float16}[entry["dtype"]])
        tensors[name] = values.reshape(entry["shape"])
    return tensors


def read(folder):
    with open(os.path.join(folder, "config.json")) as file:
        config = json.load(file)
    tensors = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".safetensors"):
            tensors.update(read_safetensors(os.path.join(folder, name)))
    return config, tensors


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("make")
    one = commands.add_parser("write")
    one.add_argument("case", choices=CASES)
    one.add_argument("folder")
    one.add_argument("--shards", type=int, default=1)
    one.add_argument("--dtype", choices=["f32", "bf16", "f16"], default="f32")
    two = commands.add_parser("logits")
    two.add_argument("folder")
    two.add_argument("--ids", required=True)
    two.add_argument("--lightning-eps", type=float)
    two.add_argument("--out", required=True)
    a = parser.parse_args()
    if a.command == "make":
        make()
    elif a.command == "write":
        write(a.case, a.folder, a.shards, a.dtype)
    else:
        with open(a.ids) as file:
            np.save(a.out, logits_of(*read(a.folder), json.load(file), a.lightning_eps))


if __name__ == "__main__":
    main()
