# SPDX-License-Identifier: Apache-2.0
"""Writes a checkpoint as other programs read it: HF files (config, safetensors in bf16) and a Q8_0 GGUF.

    python3 export.py CHECKPOINT FOLDER [--gguf]
    python3 export.py --random FOLDER [--gguf]     a model of the shipped shape with random weights
"""
import json
import os
import shutil
import struct
import sys

import numpy as np
import torch

import model as m
import tokenizer as tok

CONTEXT_TOKENS_MAX = 65_536
F32, BF16, Q8_0 = 0, 30, 8  # ggml's type numbers
ALIGNMENT = 32


def config_of(shape):
    alpha = shape.alpha
    return {
        "architectures": ["MiniMaxM1ForCausalLM"], "model_type": "minimax_m1", "hidden_act": "silu",
        "vocab_size": shape.vocab_size, "hidden_size": shape.hidden_size,
        "intermediate_size": shape.intermediate_size, "num_hidden_layers": shape.layer_count,
        "num_attention_heads": shape.num_attention_heads, "num_key_value_heads": shape.num_key_value_heads,
        "head_dim": shape.head_dim, "num_local_experts": shape.num_local_experts,
        "num_experts_per_tok": shape.num_experts_per_tok, "attn_type_list": list(shape.attn_type_list),
        "rotary_dim": shape.rotary_dim, "rope_theta": shape.rope_theta, "rms_norm_eps": shape.rms_norm_eps,
        "max_position_embeddings": CONTEXT_TOKENS_MAX, "sliding_window": None, "attention_dropout": 0.0,
        "layernorm_full_attention_alpha": alpha, "layernorm_full_attention_beta": 1.0,
        "layernorm_linear_attention_alpha": alpha, "layernorm_linear_attention_beta": 1.0,
        "layernorm_mlp_alpha": alpha, "layernorm_mlp_beta": 1.0, "postnorm": True,
        "shared_intermediate_size": 0, "shared_moe_mode": "sigmoid", "output_router_logits": False,
        "router_aux_loss_coef": 0.05, "router_jitter_noise": 0.0, "initializer_range": 0.02, "use_cache": True,
        "tie_word_embeddings": False, "torch_dtype": "bfloat16",
        "bos_token_id": None, "eos_token_id": tok.END,
    }


def tensors_of(model):
    """(name, tensor f32, keeps f32) in the names of the official checkpoint."""
    yield "model.embed_tokens.weight", model.embed, False
    for i, layer in enumerate(model.layers):
        prefix = f"model.layers.{i}."
        attention, moe = prefix + "self_attn.", prefix + "block_sparse_moe."
        yield prefix + "input_layernorm.weight", layer.norm1, True
        yield prefix + "post_attention_layernorm.weight", layer.norm2, True
        if layer.lightning:
            yield attention + "qkv_proj.weight", layer.qkv, False
            yield attention + "output_gate.weight", layer.output_gate, False
            yield attention + "norm.weight", layer.attention_norm, True
            yield attention + "out_proj.weight", layer.out, False
        else:
            for name in "qkv":
                yield attention + name + "_proj.weight", getattr(layer, name), False
            yield attention + "o_proj.weight", layer.out, False
        yield moe + "gate.weight", layer.gate, True
        for e in range(model.shape.num_local_experts):
            for name in ("w1", "w2", "w3"):
                yield f"{moe}experts.{e}.{name}.weight", getattr(layer, name)[e], False
    yield "model.norm.weight", model.norm, True
    yield "lm_head.weight", model.head, False


def write_safetensors(model, path):
    header, blobs, offset = {}, [], 0
    for name, tensor, keeps_f32 in tensors_of(model):
        data = tensor.detach().float().contiguous().numpy()
        blob = data.tobytes() if keeps_f32 else bf16_bits(data).tobytes()
        header[name] = {"dtype": "F32" if keeps_f32 else "BF16", "shape": list(data.shape),
                        "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.writelines(blobs)


def bf16_bits(data):
    """Rounded to nearest, ties to even."""
    bits = data.view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def write_hf(model, folder):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(config_of(model.shape), file, indent=1)
        file.write("\n")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        source, target = os.path.join(tok.MODEL_DIR, name), os.path.join(folder, name)
        if os.path.abspath(source) != os.path.abspath(target):
            shutil.copy(source, target)
    write_safetensors(model, os.path.join(folder, "model.safetensors"))


# GGUF, architecture `minimax-01` as llama.cpp reads it.

def gguf_tensors(model):
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


def gguf_value(value):
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
    kinds = [gguf_value(item) for item in value]
    if value and isinstance(value[0], int) and not isinstance(value[0], bool):
        kinds = [(5, struct.pack("<i", item)) for item in value]
    return 9, struct.pack("<IQ", kinds[0][0], len(kinds)) + b"".join(blob for _, blob in kinds)


def gguf_metadata(shape):
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


def write_gguf(model, path):
    metadata, info, blobs, offset = gguf_metadata(model.shape), [], [], 0
    for name, tensor, kind in gguf_tensors(model):
        data = tensor.detach().float().contiguous().numpy()
        blob = data.tobytes() if kind == F32 else q8_0(data)
        text = name.encode()
        info.append(struct.pack("<Q", len(text)) + text + struct.pack("<I", data.ndim)
                    + struct.pack(f"<{data.ndim}Q", *reversed(data.shape)) + struct.pack("<IQ", kind, offset))
        blobs.append(blob + b"\0" * (-len(blob) % ALIGNMENT))
        offset += len(blobs[-1])
    head = b"GGUF" + struct.pack("<IQQ", 3, len(blobs), len(metadata))
    for key, value in metadata.items():
        kind, blob = gguf_value(value)
        head += struct.pack("<Q", len(key)) + key.encode() + struct.pack("<I", kind) + blob
    head += b"".join(info)
    with open(path, "wb") as file:
        file.write(head + b"\0" * (-len(head) % ALIGNMENT))
        file.writelines(blobs)


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--random" in sys.argv:
        torch.manual_seed(0)
        net, folder = m.Nano(m.Shape()), arguments[0]
    else:
        net, folder = m.load(arguments[0])[0], arguments[1]
    write_hf(net, folder)
    if "--gguf" in sys.argv:
        write_gguf(net, os.path.join(folder, "nano.q8_0.gguf"))
    for name in sorted(os.listdir(folder)):
        print(name, os.path.getsize(os.path.join(folder, name)))


if __name__ == "__main__":
    main()
