# SPDX-License-Identifier: Apache-2.0
"""nano as a Q8_0 GGUF, architecture `minimax-01` as llama.cpp reads it: a writer, and a reader of what it wrote."""
import json
import os
import struct

import numpy as np
import torch

import model as m
import tokenizer as tok

CONTEXT_TOKENS_MAX = 65_536
F32, Q8_0 = 0, 8  # ggml's type numbers
ALIGNMENT = 32
SCALARS = {4: "<I", 5: "<i", 6: "<f", 7: "<?"}  # type number -> format


def tensors_of(model):
    """(name, array f32, ggml type)."""
    yield "token_embd.weight", model.embed, Q8_0
    for i, layer in enumerate(model.layers):
        prefix = f"blk.{i}."
        yield prefix + "attn_norm.weight", layer.norm1, F32
        if layer.lightning:
            yield prefix + "attn_qkv.weight", layer.qkv, Q8_0
            yield prefix + "attn_gate.weight", layer.output_gate, Q8_0
            yield prefix + "attn_norm_2.weight", layer.attention_norm, F32
        else:
            for name in "qkv":
                yield prefix + f"attn_{name}.weight", getattr(layer, name), Q8_0
        yield prefix + "attn_output.weight", layer.out, Q8_0
        yield prefix + "ffn_norm.weight", layer.norm2, F32
        yield prefix + "ffn_gate_inp.weight", layer.gate, F32
        yield prefix + "ffn_gate_exps.weight", layer.w1, Q8_0
        yield prefix + "ffn_up_exps.weight", layer.w3, Q8_0
        yield prefix + "ffn_down_exps.weight", layer.w2, Q8_0
    yield "output_norm.weight", model.norm, F32
    yield "output.weight", model.head, Q8_0


def q8_0(data):
    """Blocks of 32: one f16 scale, 32 int8."""
    blocks = data.reshape(-1, 32)
    scale = np.abs(blocks).max(1, keepdims=True) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    quants = np.rint(blocks * inverse).astype(np.int8)
    return np.concatenate([scale.astype(np.float16).view(np.int8), quants], 1).tobytes()


def value_bytes(value):
    """Type number and bytes of one metadata value."""
    if isinstance(value, bool):
        return 7, struct.pack("<?", value)
    if isinstance(value, int):
        return 4, struct.pack("<I", value)
    if isinstance(value, float):
        return 6, struct.pack("<f", value)
    if isinstance(value, str):
        text = value.encode("utf-8")
        return 8, struct.pack("<Q", len(text)) + text
    kinds = [value_bytes(item) for item in value]
    if value and isinstance(value[0], int) and not isinstance(value[0], bool):
        kinds = [(5, struct.pack("<i", item)) for item in value]
    return 9, struct.pack("<IQ", kinds[0][0], len(kinds)) + b"".join(blob for _, blob in kinds)


def metadata_of(shape):
    with open(os.path.join(tok.MODEL_DIR, "tokenizer.json")) as file:
        tokenizer = json.load(file)
    names = [""] * shape.vocab_size
    for name, i in tokenizer["model"]["vocab"].items():
        names[i] = name
    for entry in tokenizer["added_tokens"]:
        names[entry["id"]] = entry["content"]
    prefix = "minimax-01."
    return {
        "general.architecture": "minimax-01", "general.name": "nano", "general.file_type": 7,
        "general.quantization_version": 2, "general.alignment": ALIGNMENT, "general.license": "apache-2.0",
        prefix + "block_count": shape.layer_count, prefix + "context_length": CONTEXT_TOKENS_MAX,
        prefix + "embedding_length": shape.hidden_size, prefix + "feed_forward_length": shape.intermediate_size,
        prefix + "attention.head_count": shape.num_attention_heads,
        prefix + "attention.head_count_kv": shape.num_key_value_heads,
        prefix + "attention.key_length": shape.head_dim, prefix + "attention.value_length": shape.head_dim,
        prefix + "attention.layer_norm_rms_epsilon": shape.rms_norm_eps, prefix + "rope.freq_base": shape.rope_theta,
        prefix + "rope.dimension_count": shape.rotary_dim, prefix + "expert_count": shape.num_local_experts,
        prefix + "expert_used_count": shape.num_experts_per_tok, prefix + "residual_scale": float(shape.alpha),
        prefix + "vocab_size": shape.vocab_size,
        prefix + "attention.recurrent_layers": [kind == m.LIGHTNING for kind in shape.attn_type_list],
        "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "minimax-m2", "tokenizer.ggml.tokens": names,
        "tokenizer.ggml.token_type": [3 if i >= tok.CONTROL_FIRST else 1 for i in range(shape.vocab_size)],
        "tokenizer.ggml.merges": tokenizer["model"]["merges"],
        "tokenizer.ggml.bos_token_id": tok.TURN, "tokenizer.ggml.eos_token_id": tok.END,
        "tokenizer.ggml.add_bos_token": False, "fathom.tokenizer.pattern": "nano-1",
    }


def write(model, path):
    metadata, info, blobs, offset = metadata_of(model.shape), [], [], 0
    for name, tensor, kind in tensors_of(model):
        data = tensor.detach().float().contiguous().numpy()
        blob = data.tobytes() if kind == F32 else q8_0(data)
        text = name.encode()
        info.append(struct.pack("<Q", len(text)) + text + struct.pack("<I", data.ndim)
                    + struct.pack(f"<{data.ndim}Q", *reversed(data.shape)) + struct.pack("<IQ", kind, offset))
        blobs.append(blob + b"\0" * (-len(blob) % ALIGNMENT))
        offset += len(blobs[-1])
    head = b"GGUF" + struct.pack("<IQQ", 3, len(blobs), len(metadata))
    for key, value in metadata.items():
        kind, blob = value_bytes(value)
        head += struct.pack("<Q", len(key)) + key.encode() + struct.pack("<I", kind) + blob
    head += b"".join(info)
    with open(path, "wb") as file:
        file.write(head + b"\0" * (-len(head) % ALIGNMENT))
        file.writelines(blobs)


def read(path):
    """(shape, weights in f32 under the training model's names)."""
    with open(path, "rb") as file:
        data = memoryview(file.read())
    assert bytes(data[:4]) == b"GGUF"
    _, tensor_count, key_count = struct.unpack_from("<IQQ", data, 4)
    place, metadata, found = 24, {}, {}
    for _ in range(key_count):
        key, place = read_value(data, place, 8)
        kind, = struct.unpack_from("<I", data, place)
        metadata[key], place = read_value(data, place + 4, kind)
    for _ in range(tensor_count):
        name, place = read_value(data, place, 8)
        rank, = struct.unpack_from("<I", data, place)
        size = struct.unpack_from(f"<{rank}Q", data, place + 4)[::-1]
        kind, offset = struct.unpack_from("<IQ", data, place + 4 + 8 * rank)
        place += 16 + 8 * rank
        found[name] = size, kind, offset
    start = place + -place % ALIGNMENT
    tensors = {name: numbers(data, start + offset, size, kind) for name, (size, kind, offset) in found.items()}
    shape = shape_of(metadata, tensors)
    model = m.Nano(shape)
    with torch.no_grad():
        for name, parameter, _ in tensors_of(model):
            parameter.copy_(torch.from_numpy(tensors[name]))
    return shape, model.state_dict()


def read_value(data, place, kind):
    """(value, place behind it)."""
    if kind in SCALARS:
        return struct.unpack_from(SCALARS[kind], data, place)[0], place + struct.calcsize(SCALARS[kind])
    if kind == 8:
        length, = struct.unpack_from("<Q", data, place)
        return bytes(data[place + 8:place + 8 + length]).decode("utf-8"), place + 8 + length
    inner, count = struct.unpack_from("<IQ", data, place)
    values, place = [], place + 12
    for _ in range(count):
        value, place = read_value(data, place, inner)
        values.append(value)
    return values, place


def numbers(data, start, size, kind):
    count = int(np.prod(size))
    if kind == F32:
        return np.frombuffer(data, np.float32, count, start).reshape(size).copy()
    blocks = np.frombuffer(data, np.uint8, count // 32 * 34, start).reshape(-1, 34)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    return (blocks[:, 2:].view(np.int8).astype(np.float32) * scale).reshape(size)


def shape_of(metadata, tensors):
    value = lambda name: metadata["minimax-01." + name]
    return m.Shape(
        vocab_size=len(tensors["token_embd.weight"]), hidden_size=value("embedding_length"),
        intermediate_size=value("feed_forward_length"), num_attention_heads=value("attention.head_count"),
        num_key_value_heads=value("attention.head_count_kv"), head_dim=value("attention.key_length"),
        num_local_experts=value("expert_count"), num_experts_per_tok=value("expert_used_count"),
        attn_type_list=[m.LIGHTNING if recurrent else m.SOFTMAX for recurrent in value("attention.recurrent_layers")],
        rotary_dim=value("rope.dimension_count"), rope_theta=value("rope.freq_base"),
        rms_norm_eps=round(value("attention.layer_norm_rms_epsilon"), 9))
