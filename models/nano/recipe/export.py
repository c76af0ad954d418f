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

import gguf
import model as m
import tokenizer as tok

CONTEXT_TOKENS_MAX = gguf.CONTEXT_TOKENS_MAX


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


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--random" in sys.argv:
        torch.manual_seed(0)
        net, folder = m.Nano(m.Shape()), arguments[0]
    else:
        net, folder = m.load(arguments[0])[0], arguments[1]
    write_hf(net, folder)
    if "--gguf" in sys.argv:
        gguf.write(net, os.path.join(folder, "nano.gguf"))
    for name in sorted(os.listdir(folder)):
        print(name, os.path.getsize(os.path.join(folder, name)))


if __name__ == "__main__":
    main()
