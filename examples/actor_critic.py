"""Learn to balance a pole on a cart, by advantage actor-critic.

A script as people write them for torch: it imports torch and the standard library. The cart is Barto, Sutton and Anderson's of 1983,
in plain Python; the policy draws its actions from torch.distributions.Categorical. `python actor_critic.py` runs it with torch,
`frankentorch run actor_critic.py` with FrankenTorch; with the same seed both start from the same weights and take the same actions.
"""

import math
import random

import torch
from showing import Progress, curve, options
from torch import nn
from torch.distributions import Categorical
from torch.nn import functional as F

CARTS, HORIZON, LONGEST = 8, 16, 500  # carts side by side, steps between two updates, steps after which an episode is won
DISCOUNT, TRACE, RATE, ENTROPY, VALUE, CLIP = 0.99, 0.95, 3e-3, 0.01, 0.5, 0.5


class Cart:
    """A cart on a rail with a pole on it. `state`: place (m), speed (m/s), angle (rad), angular speed (rad/s)."""

    GRAVITY, CART, POLE, HALF, FORCE, TICK = 9.8, 1.0, 0.1, 0.5, 10.0, 0.02  # m/s², kg, kg, m, N, s

    def __init__(self, chance):
        self.chance = chance
        self.reset()

    def reset(self):
        self.state, self.steps = [self.chance.uniform(-0.05, 0.05) for _ in range(4)], 0

    def push(self, right):
        """One tick with the force to the right or left; (whether the pole fell or the cart left the rail, whether time is up)."""
        x, speed, angle, turning = self.state
        force = self.FORCE if right else -self.FORCE
        sine, cosine, mass = math.sin(angle), math.cos(angle), self.CART + self.POLE
        pull = (force + self.POLE * self.HALF * turning**2 * sine) / mass
        turn = (self.GRAVITY * sine - cosine * pull) / (self.HALF * (4 / 3 - self.POLE * cosine**2 / mass))
        push = pull - self.POLE * self.HALF * turn * cosine / mass
        self.state = [x + self.TICK * speed, speed + self.TICK * push, angle + self.TICK * turning, turning + self.TICK * turn]
        self.steps += 1
        return abs(self.state[0]) > 2.4 or abs(self.state[2]) > math.radians(12), self.steps >= LONGEST


class Player(nn.Module):
    """States (N, 4) to a distribution over two actions and the value of each state (N,)."""

    def __init__(self):
        super().__init__()
        self.actor = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 2))
        self.critic = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 1))
        nn.init.orthogonal_(self.actor[2].weight, 0.01)

    def forward(self, states):
        return Categorical(logits=self.actor(states)), self.critic(states).squeeze(-1)


def play(player, carts, lengths):
    """HORIZON steps of every cart: states, actions, rewards, which episodes ended, and the values of the states after the last step."""
    states, actions, rewards, ends = [], [], [], []
    for _ in range(HORIZON):
        now = torch.tensor([cart.state for cart in carts])
        with torch.no_grad():
            action = player(now)[0].sample()
        gained, ended = [], []
        for cart, right in zip(carts, action.tolist()):
            fell, over = cart.push(right)
            gained.append(0.0 if fell else 0.1)
            ended.append(float(fell or over))
            if fell or over:
                lengths.append(cart.steps)
                cart.reset()
        states.append(now)
        actions.append(action)
        rewards.append(torch.tensor(gained))
        ends.append(torch.tensor(ended))
    with torch.no_grad():
        after = player(torch.tensor([cart.state for cart in carts]))[1]
    return torch.stack(states), torch.stack(actions), torch.stack(rewards), torch.stack(ends), after


def advantages(rewards, ends, values, after):
    """Generalised advantage estimates (Schulman et al. 2015), all of shape (HORIZON, CARTS)."""
    found, running = torch.zeros_like(rewards), torch.zeros_like(after)
    for t in reversed(range(len(rewards))):
        following = (values[t + 1] if t + 1 < len(rewards) else after) * (1 - ends[t])
        surprise = rewards[t] + DISCOUNT * following - values[t]
        running = surprise + DISCOUNT * TRACE * (1 - ends[t]) * running
        found[t] = running
    return found


def main():
    chosen = options(__doc__, 1000)
    torch.manual_seed(chosen.seed)
    if chosen.double:
        torch.set_default_dtype(torch.float64)
    carts = [Cart(random.Random(chosen.seed * CARTS + i)) for i in range(CARTS)]
    player, lengths, means = Player(), [], []
    optimizer = torch.optim.Adam(player.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.1, total_iters=chosen.steps)
    print(f"torch {torch.__version__}: {sum(p.numel() for p in player.parameters()):,} parameters, {CARTS} carts")
    progress = Progress(chosen.steps)
    for _ in range(chosen.steps):
        states, actions, rewards, ends, after = play(player, carts, lengths)
        policy, values = player(states)
        gain = advantages(rewards, ends, values.detach(), after)
        worth = (gain - gain.mean()) / (gain.std() + 1e-8)
        acting = -(policy.log_prob(actions) * worth).mean()
        judging = F.mse_loss(values, values.detach() + gain)
        loss = acting + VALUE * judging - ENTROPY * policy.entropy().mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(player.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        means.append(sum(lengths[-20:]) / max(1, len(lengths[-20:])))
        progress(loss.item(), balanced=f"{means[-1]:.0f} ticks")
    print(f"the last 20 of {len(lengths)} episodes lasted {means[-1]:.0f} ticks of at most {LONGEST}")
    progress.log(chosen.log_losses, torch, seed=chosen.seed, lengths=lengths)
    curve(means, chosen.out / "actor_critic.png")


if __name__ == "__main__":
    main()
