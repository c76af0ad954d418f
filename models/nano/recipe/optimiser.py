# SPDX-License-Identifier: Apache-2.0
"""Muon for the matrices, AdamW for embeddings, head, router and norms."""
import torch

MOMENTUM, MUON_DECAY, ADAM_DECAY = 0.95, 0.01, 0.01
NORM_MAX = 1.0  # gradient clip of the AdamW part; Muon's update has a fixed size by itself


def orthogonal(batch):
    """Nearest (semi-)orthogonal matrices, about: five Newton-Schulz steps in bf16. batch: (n, rows, columns)."""
    x = batch.bfloat16()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.transpose(-1, -2)
    x = x / (x.float().norm(dim=(-2, -1), keepdim=True) + 1e-7).bfloat16()
    for _ in range(5):
        gram = x @ x.transpose(-1, -2)
        x = 3.4445 * x + (2.0315 * (gram @ gram) - 4.7750 * gram) @ x
    return (x.transpose(-1, -2) if tall else x).float()


class Optimiser:
    def __init__(self, model, muon_lr=0.02, adam_lr=3e-3):
        self.muon_lr, self.adam_lr = muon_lr, adam_lr
        matrices, self.others = [], []
        for name, parameter in model.named_parameters():
            plain = name in ("embed", "head") or name.endswith(".gate") or parameter.dim() < 2
            (self.others if plain else matrices).append(parameter)
        self.shapes = {}  # (rows, columns) -> parameters of that shape, experts counted one by one
        for parameter in matrices:
            self.shapes.setdefault(tuple(parameter.shape[-2:]), []).append(parameter)
        self.momentum = {p: torch.zeros_like(p) for p in matrices}
        fused = {"fused": True} if self.others[0].is_cuda else {}
        self.adam = torch.optim.AdamW([{"params": [p for p in self.others if p.dim() > 1], "weight_decay": ADAM_DECAY},
                                       {"params": [p for p in self.others if p.dim() < 2], "weight_decay": 0.0}],
                                      lr=adam_lr, betas=(0.9, 0.95), **fused)

    @torch.no_grad()
    def step(self, scale):
        """One update at `scale` times the peak rates; gradients are cleared."""
        torch.nn.utils.clip_grad_norm_(self.others, NORM_MAX)
        for group in self.adam.param_groups:
            group["lr"] = self.adam_lr * scale
        self.adam.step()
        for (rows, columns), parameters in self.shapes.items():
            gradients, momenta = [p.grad for p in parameters], [self.momentum[p] for p in parameters]
            torch._foreach_mul_(momenta, MOMENTUM)
            torch._foreach_add_(momenta, gradients)
            ahead = torch._foreach_add(gradients, momenta, alpha=MOMENTUM)
            update = orthogonal(torch.cat([u.view(-1, rows, columns) for u in ahead]))
            counts = [p.numel() // (rows * columns) for p in parameters]
            updates = [u.view_as(p) for u, p in zip(update.split(counts), parameters)]
            rate = self.muon_lr * scale
            torch._foreach_mul_(parameters, 1 - rate * MUON_DECAY)
            torch._foreach_add_(parameters, updates, alpha=-rate * max(1, rows / columns) ** 0.5)
        for parameter in self.others + list(self.momentum):
            parameter.grad = None

    def state(self):
        return {"adam": self.adam.state_dict(), "momentum": list(self.momentum.values())}

    def load(self, state):
        self.adam.load_state_dict(state["adam"])
        for buffer, saved in zip(self.momentum.values(), state["momentum"]):
            buffer.copy_(saved)
