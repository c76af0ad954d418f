# SPDX-License-Identifier: Apache-2.0
"""The model's laws, on a CPU at a tiny size: python3 model_test.py"""
import tempfile
import unittest

import torch

import gguf
import model as m

TINY = m.Shape(vocab_size=97, hidden_size=32, intermediate_size=32, head_dim=16, num_attention_heads=4,
               num_key_value_heads=2, num_local_experts=4, attn_type_list=[0, 1, 0, 1])


def recurrent(q, k, v, slopes):
    state, out = torch.zeros(q.shape[0], q.shape[2], q.shape[3], q.shape[3], dtype=q.dtype), []
    decay = torch.exp(-slopes.to(q.dtype)).view(1, -1, 1, 1)
    for t in range(q.shape[1]):
        state = state * decay + k[:, t].unsqueeze(-1) * v[:, t].unsqueeze(-2)
        out.append((q[:, t].unsqueeze(-2) @ state).squeeze(-2))
    return torch.stack(out, 1)


class ModelTest(unittest.TestCase):
    def test_lightning_by_chunks_is_the_recurrence(self):
        for length in (1, 5, 128, 129, 300, 512):
            q, k, v = (torch.randn(2, length, 4, 16) for _ in range(3))
            for layer in (0, 2, 3):
                slopes = TINY.slopes(layer)
                want = recurrent(q, k, v, slopes)
                error = (m.lightning_attention(q, k, v, slopes) - want).norm() / want.norm()
                self.assertLess(error, 1e-5, (length, layer))

    def test_dense_experts_are_the_loop(self):
        layer = m.Layer(TINY, 0)
        g = torch.randn(50, 32)
        chosen, _ = m.route(g, layer.gate * 50, 2)
        self.assertEqual((chosen > 0).sum().item(), 100)
        self.assertLess((chosen.sum(-1) - 1).abs().max(), 1e-6)
        loop = m.experts_loop(g, chosen, layer.w1, layer.w3, layer.w2)
        dense = m.experts_dense(g, chosen, layer.w1, layer.w3, layer.w2).float()
        self.assertLess((dense - loop).norm() / loop.norm(), 1e-2)

    def test_future_tokens_change_nothing_and_selection_is_a_slice(self):
        net, ids = m.Nano(TINY), torch.randint(97, (2, 200))
        with torch.no_grad():
            whole, _ = net(ids)
            other = ids.clone()
            other[:, 150:] = 5
            self.assertLess((net(other)[0].view(2, 200, -1)[:, :150] - whole.view(2, 200, -1)[:, :150]).abs().max(), 1e-5)
            sel = torch.tensor([3, 199, 200, 399])
            self.assertLess((net(ids, sel)[0] - whole[sel]).abs().max(), 0.05)

    def test_a_gguf_reads_back_as_what_was_written(self):
        shape = m.Shape(hidden_size=64, intermediate_size=32, head_dim=16, attn_type_list=[0, 1, 0, 1])
        net = m.Nano(shape)
        with tempfile.TemporaryDirectory() as folder:
            gguf.write(net, folder + "/nano.gguf")
            back, _ = m.load(folder + "/nano.gguf")
        self.assertEqual(back.shape, shape)
        for (name, a), b in zip(net.named_parameters(), back.parameters()):
            self.assertLess((a - b).abs().max(), 1e-6 if a.dim() < 2 else a.abs().max() / 200, name)

    def test_alpha_and_slopes_of_the_shipped_shape(self):
        shape = m.Shape()
        self.assertEqual(shape.alpha, 2.0)
        self.assertAlmostEqual(shape.slopes(0)[0].item(), 0.5 * (1 + 1e-5), places=7)
        self.assertEqual(shape.attn_type_list[-1], m.SOFTMAX)


if __name__ == "__main__":
    unittest.main()
