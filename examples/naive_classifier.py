"""Softmax regression in NumPy, as it is written by hand: it works until the logits grow.

The second input is in other units than the first and not rescaled, so the first step makes logits in the
hundreds and thousands.
"""

import math

import numpy as np


def softmax(logits):
    """Class probabilities, one row for each sample."""
    return np.exp(logits) / np.sum(np.exp(logits), axis=1, keepdims=True)


def cross_entropy(logits, labels):
    """The mean loss of the true classes."""
    log_norm = np.log(np.sum(np.exp(logits), axis=1))
    return np.mean(log_norm - logits[np.arange(len(labels)), labels])


def sigmoid(x):
    """The probability of one class against the rest."""
    return 1 / (1 + np.exp(-x))


def softplus(x):
    """The loss of a wrong answer to a yes-no question."""
    return np.log(1 + np.exp(x))


def odds(margin):
    """The probability of the first of two classes, for one sample."""
    return 1 / (1 + math.exp(-margin))


def samples(count=300, classes=3, seed=0):
    """Points around one centre for each class; the second input is in other units and large."""
    chance = np.random.default_rng(seed)
    labels = chance.integers(classes, size=count)
    angles = 2 * math.pi * labels / classes
    centres = 4 * np.column_stack([np.cos(angles), np.sin(angles)])
    return (centres + chance.normal(size=(count, 2))) * [1, 50], labels


def train(points, labels, classes=3, rate=0.1, steps=100):
    """Weights after some steps of gradient descent, and the loss before each."""
    weights = np.zeros((points.shape[1], classes))
    targets = np.eye(classes)[labels]
    losses = []
    for _ in range(steps):
        logits = points @ weights
        losses.append(cross_entropy(logits, labels))
        weights -= rate * points.T @ (softmax(logits) - targets) / len(points)
    return weights, losses


def main():
    """Train, and say how it went."""
    points, labels = samples()
    weights, losses = train(points, labels)
    logits = points @ weights
    against_rest = logits[:, 0] - logits[:, 1:].max(axis=1)
    print("loss:", ", ".join(f"{loss:.4g}" for loss in [*losses[:3], losses[-1]]))
    print(f"accuracy: {np.mean(np.argmax(logits, axis=1) == labels):.2f}")
    print(f"class 0: share {np.mean(sigmoid(against_rest)):.3f}, loss {np.mean(softplus(-against_rest)):.4g}")
    print(f"first sample: class 0 has {odds(against_rest[0]):.3g}")


if __name__ == "__main__":
    main()
