# SPDX-License-Identifier: Apache-2.0
"""The MiniMax-M1 architecture at nano's size, for training: exact layer math, fast on one GPU, correct on a CPU.

Matrix products run in bf16 over f32 masters; norms, decay, router, residual and logits stay in f32. Three choices make
it fast: lightning attention is one batch of chunk products (no loop over chunks); the last layer's experts and the head
run only where a target stands (`sel`); everything between attention cores works on (tokens, width), so it compiles once
for every document length.
"""
import glob
import io
import math
from dataclasses import asdict, dataclass, field

import torch
import torch.nn as nn
import torch.nn.functional as F

LIGHTNING, SOFTMAX = 0, 1
QUERIES = 512  # of one block of softmax attention on a CPU
CHUNK = 128  # tokens of one lightning chunk; any value gives the same output


@dataclass
class Shape:
    vocab_size: int = 4096
    hidden_size: int = 320
    intermediate_size: int = 288
    num_attention_heads: int = 8
    num_key_value_heads: int = 2
    head_dim: int = 64
    num_local_experts: int = 8
    num_experts_per_tok: int = 2
    attn_type_list: list = field(default_factory=lambda: [0, 0, 0, 1, 0, 0, 0, 1])
    rotary_dim: int = 2      # with more, lengths never seen in training fail (unseen rotary phases)
    rope_theta: float = 1e7
    rms_norm_eps: float = 1e-5
    lightning_norm_eps: float = 1e-6

    @property
    def layer_count(self):
        return len(self.attn_type_list)

    @property
    def alpha(self):
        return (2 * self.layer_count) ** 0.25

    def slopes(self, layer):
        heads = self.num_attention_heads
        factor = 1 - layer / (self.layer_count - 1) + 1e-5
        return torch.tensor([2.0 ** (-8.0 * (i + 1) / heads) * factor for i in range(heads)])


# Two-core recipe: a smaller model that trains on a CPU in about an hour.
SMALL = Shape(hidden_size=192, intermediate_size=192, head_dim=32, attn_type_list=[0, 1, 0, 1])


class Bf16(torch.autograd.Function):
    """A bf16 copy of an f32 weight whose gradient stays f32."""
    @staticmethod
    def forward(ctx, weight):
        return weight.bfloat16()

    @staticmethod
    def backward(ctx, gradient):
        return gradient.float()


def linear(x, weight):
    return F.linear(x.bfloat16(), Bf16.apply(weight))


def rms_norm(x, weight, eps):
    x = x.float()
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + eps) * weight


def lightning_attention(q, k, v, slopes):
    """S[t] = exp(-slope) S[t-1] + k[t] v[t]^T, o[t] = q[t] S[t], all chunks at once. q, k, v: (B, T, H, D)."""
    B, T, H, D = q.shape
    C = min(CHUNK, T)
    pad = -T % C
    if pad:
        q, k, v = (F.pad(x, (0, 0, 0, 0, 0, pad)) for x in (q, k, v))
    n = (T + pad) // C
    q, k, v = (x.view(B, n, C, H, D).permute(0, 3, 1, 2, 4) for x in (q, k, v))  # (B, H, n, C, D)
    place = torch.arange(C, device=q.device, dtype=torch.float32)
    slope = slopes.view(H, 1, 1)
    distance = place.view(1, C, 1) - place.view(1, 1, C)
    decay = torch.where(distance >= 0, torch.exp(-slope * distance.clamp(min=0)), 0.0)  # (H, C, C)
    scores = (q @ k.transpose(-1, -2)) * decay.to(q.dtype).view(1, H, 1, C, C)
    out = scores @ v
    if n > 1:
        out = out + between_chunks(q, k, v, slopes, place)
    return out.permute(0, 2, 3, 1, 4).reshape(B, n * C, H, D)[:, :T]


def between_chunks(q, k, v, slopes, place):
    """What the state carried from all earlier chunks adds: the scan over chunks is one product with powers of decay."""
    B, H, n, C, D = q.shape
    slope = slopes.view(1, H, 1, 1, 1)
    to_end = torch.exp(-slope * (C - 1 - place).view(1, 1, 1, C, 1)).to(k.dtype)
    added = ((k * to_end).transpose(-1, -2) @ v).float()  # (B, H, n, D, D)
    chunk = torch.arange(n, device=q.device, dtype=torch.float32)
    gap = chunk.view(n, 1) - 1 - chunk.view(1, n)  # whole chunks between the end of one and the start of another
    carry = torch.where(gap >= 0, torch.exp(-slopes.view(H, 1, 1) * C * gap.clamp(min=0)), 0.0)  # (H, n, n)
    state = (carry @ added.view(B, H, n, D * D)).view(B, H, n, D, D)
    from_start = torch.exp(-slope * (place + 1).view(1, 1, 1, C, 1)).to(q.dtype)
    return (q * from_start) @ state.to(q.dtype)


def softmax_attention(q, k, v):
    """Causal attention with grouped keys. q: (B, T, H, D), k, v: (B, T, K, D)."""
    q, k, v = (x.transpose(1, 2) for x in (q, k, v))
    group = q.shape[1] // k.shape[1]
    k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2)
    outs, T = [], q.shape[2]
    for start in range(0, T, QUERIES):  # by blocks, so that a long corpus needs no square of its length
        end = min(start + QUERIES, T)
        scores = (q[:, :, start:end] @ k[:, :, :end].transpose(-1, -2)).float() / math.sqrt(q.shape[-1])
        future = torch.ones(end - start, end, dtype=torch.bool).triu(start + 1)
        outs.append(scores.masked_fill(future, float("-inf")).softmax(-1).to(v.dtype) @ v[:, :, :end])
    return torch.cat(outs, 2).transpose(1, 2)


def rope(x, width, theta):
    """NeoX rotation of the first `width` dimensions. x: (B, T, heads, D)."""
    position = torch.arange(x.shape[1], device=x.device, dtype=torch.float64)
    frequency = theta ** (-torch.arange(0, width, 2, device=x.device, dtype=torch.float64) / width)
    angle = position.view(-1, 1, 1) * frequency
    cos, sin = angle.cos().float(), angle.sin().float()
    a, b, rest = x[..., :width // 2].float(), x[..., width // 2:width].float(), x[..., width:]
    return torch.cat([(a * cos - b * sin).to(x.dtype), (b * cos + a * sin).to(x.dtype), rest], -1)


def route(g, gate, top):
    """(weights (N, E) with zeros where an expert is not chosen, load-balance loss). All in f32."""
    p = F.linear(g.float(), gate).softmax(-1)
    value, index = p.topk(top, -1)
    chosen = torch.zeros_like(p).scatter(-1, index, value / value.sum(-1, keepdim=True))
    load = (chosen.detach() > 0).float().mean(0) / top
    return chosen, p.shape[-1] * (load * p.mean(0)).sum()


def experts_dense(g, chosen, w1, w3, w2):
    """All experts for all tokens, unchosen ones times zero: four times the arithmetic, no gather, no waiting.

    With experts this small a GPU spends less on the extra products than on sorting tokens."""
    E, width, hidden = w1.shape
    g = g.bfloat16()
    up = F.silu(F.linear(g, Bf16.apply(w1).view(E * width, hidden))) * F.linear(g, Bf16.apply(w3).view(E * width, hidden))
    weighted = up.view(-1, E, width) * chosen.bfloat16().unsqueeze(-1)
    return weighted.view(-1, E * width) @ Bf16.apply(w2).transpose(1, 2).reshape(E * width, hidden)


def experts_grouped(g, chosen, w1, w3, w2):
    """Tokens sorted by expert, three grouped products with offsets that stay on the GPU."""
    top_weight, index = chosen.topk(2, -1)
    flat = index.flatten()
    order = flat.argsort(stable=True)
    counts = (flat.unsqueeze(1) == torch.arange(w1.shape[0], device=g.device)).sum(0)
    offsets = counts.cumsum(0).to(torch.int32)
    x = g.bfloat16()[order // 2]
    w1, w3, w2 = (Bf16.apply(w).transpose(1, 2) for w in (w1, w3, w2))
    up = F.silu(torch._grouped_mm(x, w1, offs=offsets)) * torch._grouped_mm(x, w3, offs=offsets)
    y = torch._grouped_mm(up, w2, offs=offsets)
    back = torch.empty_like(order).scatter_(0, order, torch.arange(order.numel(), device=g.device))
    return (y[back].view(-1, 2, g.shape[-1]) * top_weight.bfloat16().unsqueeze(-1)).sum(1)


def experts_loop(g, chosen, w1, w3, w2):
    """Each expert over its own tokens: what a CPU does best, and the plain statement of the layer."""
    g = g.bfloat16()
    out = torch.zeros(g.shape, dtype=torch.float32, device=g.device)
    for e in range(w1.shape[0]):
        rows = chosen[:, e].nonzero().flatten()
        x = g[rows]
        y = linear(F.silu(linear(x, w1[e])) * linear(x, w3[e]), w2[e])
        out = out.index_add(0, rows, y.float() * chosen[rows, e].unsqueeze(-1))
    return out


class Layer(nn.Module):
    """One layer in three parts, so that the parts before and after the attention core compile by themselves."""
    def __init__(self, shape, index):
        super().__init__()
        self.shape, self.lightning = shape, shape.attn_type_list[index] == LIGHTNING
        hidden, width, E = shape.hidden_size, shape.intermediate_size, shape.num_local_experts
        inner = shape.num_attention_heads * shape.head_dim
        shared = shape.num_key_value_heads * shape.head_dim
        depth = (8 * shape.layer_count) ** -0.25  # DeepNorm's scale of what is added to the residual

        def matrix(*size, gain=1.0):
            return nn.Parameter(torch.randn(*size) * gain / math.sqrt(size[-1]))
        if self.lightning:
            self.qkv = matrix(3 * inner, hidden, gain=0.8)
            self.output_gate = matrix(inner, hidden, gain=0.5)
            self.attention_norm = nn.Parameter(torch.ones(inner))
            self.register_buffer("slopes", shape.slopes(index), persistent=False)
        else:
            self.q, self.k = matrix(inner, hidden), matrix(shared, hidden)
            self.v = matrix(shared, hidden, gain=0.8)
        self.out = matrix(hidden, inner, gain=depth)
        self.norm1 = nn.Parameter(torch.ones(hidden))
        self.norm2 = nn.Parameter(torch.ones(hidden))
        self.gate = nn.Parameter(torch.randn(E, hidden) * 0.02)
        self.w1, self.w3 = matrix(E, width, hidden), matrix(E, width, hidden, gain=0.8)
        self.w2 = matrix(E, hidden, width, gain=1.5 * depth)

    def before(self, x):
        """(h, what attention reads): x is (N, hidden)."""
        h = rms_norm(x, self.norm1, self.shape.rms_norm_eps)
        if self.lightning:
            return h, F.silu(linear(h, self.qkv))
        return h, torch.cat([linear(h, self.q), linear(h, self.k), linear(h, self.v)], -1)

    def core(self, z, B, T):
        """(N, inner): z is (N, ...) from before."""
        H, D, K = self.shape.num_attention_heads, self.shape.head_dim, self.shape.num_key_value_heads
        if self.lightning:
            z = z.view(B, T, H, 3, D)
            out = lightning_attention(z[..., 0, :], z[..., 1, :], z[..., 2, :], self.slopes)
        else:
            q, k, v = z.view(B, T, -1).split([H * D, K * D, K * D], -1)
            q, k, v = q.view(B, T, H, D), k.view(B, T, K, D), v.view(B, T, K, D)
            q, k = (rope(t, self.shape.rotary_dim, self.shape.rope_theta) for t in (q, k))
            out = softmax_attention(q, k, v)
        return out.reshape(B * T, H * D)

    def after(self, h, out, experts):
        """The rest of the layer; (x of the next layer, load-balance loss)."""
        if self.lightning:
            out = rms_norm(out, self.attention_norm, self.shape.lightning_norm_eps)
            out = out * torch.sigmoid(linear(h, self.output_gate).float())
        x = self.shape.alpha * h + linear(out, self.out).float()
        g = rms_norm(x, self.norm2, self.shape.rms_norm_eps)
        chosen, balance = route(g, self.gate, self.shape.num_experts_per_tok)
        m = experts(g, chosen, self.w1, self.w3, self.w2)
        return self.shape.alpha * g + m.float(), balance


class Nano(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embed = nn.Parameter(torch.randn(shape.vocab_size, shape.hidden_size))
        self.layers = nn.ModuleList(Layer(shape, i) for i in range(shape.layer_count))
        self.norm = nn.Parameter(torch.ones(shape.hidden_size))
        self.head = nn.Parameter(torch.randn(shape.vocab_size, shape.hidden_size) * 0.02)
        self.experts = experts_loop
        self.before, self.core, self.after = Layer.before, Layer.core, Layer.after

    def compile(self):
        """Compiles the parts that do not know the document length, and the attention core for each length."""
        self.before, self.after = (torch.compile(f, dynamic=False) for f in (Layer.before, Layer.after))
        self.core = torch.compile(Layer.core, dynamic=False)

    def forward(self, ids, sel=None):
        """(logits at the flat positions `sel`, all if None; mean load-balance loss). ids: (B, T)."""
        B, T = ids.shape
        x, balance = F.embedding(ids.flatten(), self.embed), 0.0
        for i, layer in enumerate(self.layers):
            h, z = self.before(layer, x)
            out = self.core(layer, z, B, T)
            if sel is not None and i == len(self.layers) - 1:
                h, out = h[sel], out[sel]
            x, b = self.after(layer, h, out, self.experts)
            balance = balance + b
        x = rms_norm(x, self.norm, self.shape.rms_norm_eps)
        return linear(x, self.head).float(), balance / len(self.layers)


def save(model, path, **extra):
    torch.save({"shape": asdict(model.shape), "model": model.state_dict(), **extra}, path)


PIECE_BYTES = 15_000_000


def pack(model, path, small=False):
    """Weights in pieces path.0, path.1 ... small enough to hand around: matrices in bf16, or int8 with a scale for each
    32 numbers; vectors and routers in f32."""
    whole, keep = io.BytesIO(), {}
    for name, value in model.state_dict().items():
        if value.dim() < 2 or name.endswith(".gate"):
            keep[name] = value
        elif small:
            blocks = value.reshape(-1, 32)
            scale = blocks.abs().amax(1, keepdim=True) / 127
            keep[name] = (blocks / scale.clamp(min=1e-12)).round().to(torch.int8), scale.half(), list(value.shape)
        else:
            keep[name] = value.bfloat16()
    torch.save({"shape": asdict(model.shape), "model": keep}, whole)
    data = whole.getvalue()
    for i in range(0, len(data), PIECE_BYTES):
        with open(f"{path}.{i // PIECE_BYTES}", "wb") as file:
            file.write(data[i:i + PIECE_BYTES])


def unpack(path, device="cpu"):
    """(shape, weights in f32) of the pieces."""
    data = b"".join(open(piece, "rb").read() for piece in sorted(glob.glob(path + ".[0-9]")))
    checkpoint = torch.load(io.BytesIO(data), map_location=device)
    weights = {name: (value[0].float() * value[1].float()).view(value[2]) if isinstance(value, tuple) else value.float()
               for name, value in checkpoint["model"].items()}
    return Shape(**checkpoint["shape"]), weights


def load(path, device="cpu"):
    """(model, the whole checkpoint) of a checkpoint, of pieces or of a GGUF."""
    if path.endswith(".gguf") or glob.glob(path + ".0"):
        if path.endswith(".gguf"):
            import gguf  # it needs this module
            shape, weights = gguf.read(path)
        else:
            shape, weights = unpack(path, device)
        model = Nano(shape).to(device)
        model.load_state_dict(weights)
        return model, {}
    checkpoint = torch.load(path, map_location=device)
    model = Nano(Shape(**checkpoint["shape"])).to(device)
    model.load_state_dict(checkpoint["model"])
    return model, checkpoint
