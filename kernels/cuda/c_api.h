// SPDX-License-Identifier: Apache-2.0
// The device's fast operators for other languages: what tests/gpu measures beside its peers in one
// process. Pointers are to device memory unless they say host. Every call queues on the handle's
// stream and returns 0, or -1 with fathom_error() set for the calling thread.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct FathomKernels;  // one device

struct FathomKernels* fathom_open(int device);  // null: see fathom_error()
void fathom_close(struct FathomKernels* kernels);
const char* fathom_error(void);
void* fathom_stream(struct FathomKernels* kernels);  // cudaStream_t

// kernels/lightning_attention/lightning_attention.h, LightningBf16Args
int fathom_lightning_prefill(struct FathomKernels* kernels, size_t tokens, size_t heads,
                             const uint16_t* qkv, const float* host_slopes, float* state,
                             uint16_t* o);
int fathom_lightning_decode(struct FathomKernels* kernels, size_t sequences, size_t heads,
                            const uint16_t* qkv, const float* decays, const uint16_t* gate,
                            const float* weight, float* state, uint16_t* o, float* squares);

// kernels/softmax_attention/softmax_attention.h over bf16 pages of 64 positions; `host_pages` are
// device addresses of fathom_kv_page_bytes() each, zero-filled when made; `pages_on_device` the
// same list on the device, or null. Rows stand at consecutive positions from `begin`.
size_t fathom_kv_page_bytes(size_t kv_heads, size_t head_dim);
int fathom_kv_write(struct FathomKernels* kernels, size_t kv_heads, size_t head_dim,
                    void* const* host_pages, size_t page_count, size_t begin, size_t rows,
                    const float* k, const float* v);
int fathom_attention(struct FathomKernels* kernels, size_t heads, size_t kv_heads, size_t head_dim,
                     void* const* host_pages, void* const* pages_on_device, size_t page_count,
                     size_t begin, size_t rows, const float* q, float* o);

// kernels/moe_experts/moe_experts.h with bf16 weights of all experts in one block each: gate_up
// (experts, 2 width, hidden), w1's rows before w3's, and down (experts, hidden, width). `experts`
// and `probabilities` (rows, top_k) are on the device.
int fathom_moe_experts(struct FathomKernels* kernels, size_t rows, size_t hidden, size_t width,
                       size_t expert_count, size_t top_k, const float* x, const int32_t* experts,
                       const float* probabilities, const uint16_t* gate_up, const uint16_t* down,
                       float* out);

// Few rows, kernels/moe_experts/few_experts.h: `kind` 0 f32, 1 bf16, 2 Q8_0 (scales apart, after
// each expert's values), 3 Q4_K, 4 IQ4_XS, 5 Q3_K (blocks of 112 bytes).
int fathom_moe_few(struct FathomKernels* kernels, size_t kind, size_t rows, size_t hidden,
                   size_t width, size_t expert_count, size_t top_k, const float* x,
                   const int32_t* experts, const float* probabilities, const void* gate_up,
                   const void* down, float* out);

// Blocks of kinds 3, 4 and 5 to bf16.
int fathom_widen_blocks(struct FathomKernels* kernels, size_t kind, size_t count,
                        const void* blocks, uint16_t* out);

#ifdef __cplusplus
}
#endif
