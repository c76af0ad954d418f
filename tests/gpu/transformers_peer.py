# SPDX-License-Identifier: Apache-2.0
"""Prefill and decode of a shape by transformers' MiniMax model, beside shape_bench's of the same shape.

    python3 tests/gpu/transformers_peer.py --shape tests/shapes/m1_1500m.json [--tokens 8192] [--decode 32]

Random bf16 weights in the sizes of the shape's config.json. Says "peer absent" and why where transformers, or
its MiniMax model, cannot be had.
"""
import argparse
import json
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shape", required=True)
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--decode", type=int, default=32)
    arguments = parser.parse_args()
    try:
        import torch
        import transformers
        from transformers import MiniMaxConfig, MiniMaxForCausalLM

        shape = json.load(open(arguments.shape, encoding="utf-8"))
        same = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
                "num_key_value_heads", "head_dim", "num_local_experts", "num_experts_per_tok", "max_position_embeddings",
                "rope_theta")
        config = MiniMaxConfig(
            layer_types=["full_attention" if soft else "linear_attention" for soft in shape["attn_type_list"]],
            attn_implementation="sdpa", **{name: shape[name] for name in same})
        torch.manual_seed(1)
        torch.set_default_dtype(torch.bfloat16)
        with torch.device("cuda"):
            model = MiniMaxForCausalLM(config).eval()
    except Exception as problem:  # whatever a foreign package does
        print(f"transformers MiniMax: peer absent ({type(problem).__name__}: {str(problem).splitlines()[0][:120]})")
        return
    parameters = sum(p.numel() for p in model.parameters())
    print(f"transformers {transformers.__version__}, MiniMax, {parameters / 1e9:.2f} G parameters, bf16, on "
          f"{torch.cuda.get_device_name()}")
    ids = torch.randint(0, shape["vocab_size"], (1, arguments.tokens), device="cuda")
    with torch.no_grad():
        for repeat in range(2):
            torch.cuda.synchronize()
            start = time.perf_counter()
            result = model(ids, use_cache=True, logits_to_keep=1)
            torch.cuda.synchronize()
            seconds = time.perf_counter() - start
        print(f"  prefill {arguments.tokens:8} tokens {seconds:9.3f} s {arguments.tokens / seconds:10.0f} tok/s",
              flush=True)
        cache, token = result.past_key_values, ids[:, -1:]
        for i in range(arguments.decode + 4):
            if i == 4:
                torch.cuda.synchronize()
                start = time.perf_counter()
            result = model(token, past_key_values=cache, use_cache=True, logits_to_keep=1)
            token = result.logits[:, -1:].argmax(-1)
        torch.cuda.synchronize()
        each = (time.perf_counter() - start) / arguments.decode
        print(f"  decode at {arguments.tokens}: {each * 1e6:.1f} us a token, {1 / each:.0f} tok/s")


if __name__ == "__main__":
    main()
