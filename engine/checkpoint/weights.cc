// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/weights.h"

#include <map>

namespace fathom {
namespace {

using Shape = std::vector<uint64_t>;

uint64_t U(int value) {
  return static_cast<uint64_t>(value);
}

// Hands out tensors by name; the first that is missing or misshapen stays as the error.
class Table {
 public:
  Table(std::vector<StoredTensor> tensors, std::string place) : place_(std::move(place)) {
    for (StoredTensor& tensor : tensors) {
      const std::string name = tensor.name;
      if (!tensors_.emplace(name, std::move(tensor)).second)
        Fail("tensor `" + name + "` appears twice");
    }
  }

  StoredTensor Matrix(const std::string& name, const Shape& shape) {
    return Take(name, shape, true);
  }
  // Norms and routers: small, precise, never quantised.
  StoredTensor Floats(const std::string& name, const Shape& shape) {
    return Take(name, shape, false);
  }

  // Experts stacked into one tensor (experts, out, in).
  std::vector<StoredTensor> Stacked(const std::string& name, const Shape& shape) {
    std::vector<StoredTensor> parts;
    const StoredTensor all = Take(name, shape, true);
    for (uint64_t i = 0; !error_ && i < shape[0]; ++i) parts.push_back(Slice(all, i));
    return parts;
  }

  void Finish() {
    if (!tensors_.empty()) {
      Fail("tensor `" + tensors_.begin()->first + "` has no place in this architecture (with " +
           std::to_string(tensors_.size() - 1) + " more)");
    }
  }

  bool failed() const { return error_.has_value(); }
  const std::optional<Error>& error() const { return error_; }

 private:
  StoredTensor Take(const std::string& name, const Shape& shape, bool may_be_quantised) {
    if (error_) return {};
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
      Fail("tensor `" + name + "` is missing, shape " + ShapeText(shape) + " expected");
      return {};
    }
    StoredTensor tensor = std::move(found->second);
    tensors_.erase(found);
    if (tensor.shape != shape) {
      Fail("tensor `" + name + "` has shape " + ShapeText(tensor.shape) + ", expected " +
           ShapeText(shape));
    } else if (!may_be_quantised && IsQuantized(tensor.type)) {
      Fail("tensor `" + name + "` is " + DTypeName(tensor.type) +
           ", a norm or router must be f32, f16 or bf16");
    }
    return tensor;
  }

  void Fail(std::string message) {
    if (!error_) error_ = Invalid(std::move(message), place_);
  }

  std::string place_;
  std::map<std::string, StoredTensor> tensors_;
  std::optional<Error> error_;
};

LayerWeights BindHfLayer(Table& table, const M1Config& c, int index) {
  const std::string layer = "model.layers." + std::to_string(index) + ".";
  const std::string attention = layer + "self_attn.", moe = layer + "block_sparse_moe.";
  const uint64_t hidden = U(c.hidden), width = U(c.attention_width()), kv = U(c.kv_width());
  LayerWeights w;
  w.attention_input_norm = table.Floats(layer + "input_layernorm.weight", {hidden});
  w.mlp_input_norm = table.Floats(layer + "post_attention_layernorm.weight", {hidden});
  if (c.is_softmax[static_cast<size_t>(index)]) {
    w.q = table.Matrix(attention + "q_proj.weight", {width, hidden});
    w.k = table.Matrix(attention + "k_proj.weight", {kv, hidden});
    w.v = table.Matrix(attention + "v_proj.weight", {kv, hidden});
    w.out = table.Matrix(attention + "o_proj.weight", {hidden, width});
  } else {
    w.qkv = table.Matrix(attention + "qkv_proj.weight", {3 * width, hidden});
    w.output_gate = table.Matrix(attention + "output_gate.weight", {width, hidden});
    w.output_norm = table.Floats(attention + "norm.weight", {width});
    w.out = table.Matrix(attention + "out_proj.weight", {hidden, width});
  }
  w.router = table.Floats(moe + "gate.weight", {U(c.experts), hidden});
  for (int e = 0; e < c.experts && !table.failed(); ++e) {
    const std::string expert = moe + "experts." + std::to_string(e) + ".";
    w.w1.push_back(table.Matrix(expert + "w1.weight", {U(c.expert_width), hidden}));
    w.w2.push_back(table.Matrix(expert + "w2.weight", {hidden, U(c.expert_width)}));
    w.w3.push_back(table.Matrix(expert + "w3.weight", {U(c.expert_width), hidden}));
  }
  return w;
}

LayerWeights BindGgufLayer(Table& table, const M1Config& c, int index) {
  const std::string layer = "blk." + std::to_string(index) + ".";
  const uint64_t hidden = U(c.hidden), width = U(c.attention_width()), kv = U(c.kv_width());
  LayerWeights w;
  w.attention_input_norm = table.Floats(layer + "attn_norm.weight", {hidden});
  w.mlp_input_norm = table.Floats(layer + "ffn_norm.weight", {hidden});
  if (c.is_softmax[static_cast<size_t>(index)]) {
    w.q = table.Matrix(layer + "attn_q.weight", {width, hidden});
    w.k = table.Matrix(layer + "attn_k.weight", {kv, hidden});
    w.v = table.Matrix(layer + "attn_v.weight", {kv, hidden});
  } else {
    w.qkv = table.Matrix(layer + "attn_qkv.weight", {3 * width, hidden});
    w.output_gate = table.Matrix(layer + "attn_gate.weight", {width, hidden});
    w.output_norm = table.Floats(layer + "attn_norm_2.weight", {width});
  }
  w.out = table.Matrix(layer + "attn_output.weight", {hidden, width});
  w.router = table.Floats(layer + "ffn_gate_inp.weight", {U(c.experts), hidden});
  w.w1 = table.Stacked(layer + "ffn_gate_exps.weight", {U(c.experts), U(c.expert_width), hidden});
  w.w2 = table.Stacked(layer + "ffn_down_exps.weight", {U(c.experts), hidden, U(c.expert_width)});
  w.w3 = table.Stacked(layer + "ffn_up_exps.weight", {U(c.experts), U(c.expert_width), hidden});
  return w;
}

std::vector<const StoredTensor*> Pointers(const std::vector<StoredTensor>& tensors) {
  std::vector<const StoredTensor*> pointers;
  for (const StoredTensor& tensor : tensors) pointers.push_back(&tensor);
  return pointers;
}

}  // namespace

Result<Weights> BindWeights(std::vector<StoredTensor> tensors, const M1Config& config,
                            Spelling spelling, const std::string& place) {
  Table table(std::move(tensors), place);
  const uint64_t rows = U(config.vocabulary), hidden = U(config.hidden);
  const bool hf = spelling == Spelling::kHf;
  Weights weights;
  weights.embedding =
      table.Matrix(hf ? "model.embed_tokens.weight" : "token_embd.weight", {rows, hidden});
  for (int i = 0; i < config.layers && !table.failed(); ++i) {
    weights.layers.push_back(hf ? BindHfLayer(table, config, i) : BindGgufLayer(table, config, i));
  }
  weights.norm = table.Floats(hf ? "model.norm.weight" : "output_norm.weight", {hidden});
  weights.head = table.Matrix(hf ? "lm_head.weight" : "output.weight", {rows, hidden});
  table.Finish();
  if (table.error()) return *table.error();
  return weights;
}

std::vector<NamedParts> GgufOrder(const Weights& weights, const M1Config& config) {
  std::vector<NamedParts> order;
  const auto add = [&](std::string name, const StoredTensor& tensor, bool keeps_f32 = false) {
    order.push_back({std::move(name), {&tensor}, keeps_f32});
  };
  add("token_embd.weight", weights.embedding);
  for (int i = 0; i < config.layers; ++i) {
    const std::string layer = "blk." + std::to_string(i) + ".";
    const LayerWeights& w = weights.layers[static_cast<size_t>(i)];
    add(layer + "attn_norm.weight", w.attention_input_norm, true);
    if (config.is_softmax[static_cast<size_t>(i)]) {
      add(layer + "attn_q.weight", w.q);
      add(layer + "attn_k.weight", w.k);
      add(layer + "attn_v.weight", w.v);
    } else {
      add(layer + "attn_qkv.weight", w.qkv);
      add(layer + "attn_gate.weight", w.output_gate);
      add(layer + "attn_norm_2.weight", w.output_norm, true);
    }
    add(layer + "attn_output.weight", w.out);
    add(layer + "ffn_norm.weight", w.mlp_input_norm, true);
    add(layer + "ffn_gate_inp.weight", w.router, true);
    order.push_back({layer + "ffn_gate_exps.weight", Pointers(w.w1), false});
    order.push_back({layer + "ffn_up_exps.weight", Pointers(w.w3), false});
    order.push_back({layer + "ffn_down_exps.weight", Pointers(w.w2), false});
  }
  add("output_norm.weight", weights.norm, true);
  add("output.weight", weights.head);
  return order;
}

}  // namespace fathom
