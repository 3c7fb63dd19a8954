# /// script
# requires-python = ">=3.11"
# dependencies = ["matplotlib==3.11.2"]
# ///
"""Draws the plots of docs/dropout.md: `uv run plots.py [dropout-figures.json]`, which `npm run dropout:power` writes."""

import json
import math
import pathlib
import sys

import matplotlib

matplotlib.use('svg')
import matplotlib.pyplot as plt

PROJECT = pathlib.Path(__file__).resolve().parents[2]
FIGURES = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / 'assay-report' / 'dropout-figures.json'
COLORS = ['#1b6ca8', '#c8553d', '#588157', '#7b2d8b']


def main():
    plt.rcParams.update({'svg.hashsalt': 'assay', 'font.size': 10, 'axes.spines.top': False, 'axes.spines.right': False})
    figures = json.loads(FIGURES.read_text())
    save(power(figures['curves']), 'dropout-power.svg')
    save(evidence(figures['marks']), 'dropout-evidence.svg')


def power(curves):
    """Runs with evidence, by draws: points from runs, lines from the model of the data."""
    figure, axes = plt.subplots(figsize=(7, 3.6), layout='constrained')
    for curve, color in zip(curves, COLORS):
        points = [point for point in curve['points'] if point['draws'] >= 6]
        draws = [point['draws'] for point in points]
        axes.plot(draws, [point['found'] for point in points], 'o', ms=4, color=color)
        axes.plot(draws, [expected(count, curve['units']) for count in draws], color=color, label=f'{curve["units"]} units')
    axes.set(xlabel='calls with a batch of 16', ylabel='runs with evidence', ylim=(-0.02, 1.02), title='Dropout at a rate of 0.01')
    axes.legend(frameon=False, loc='lower right')
    return figure


def expected(draws, units, rate=0.01, rows=16, events=8):
    """Chance of eight events or more: each unit has one in a draw when any of its rows is hit."""
    trials, chance = draws * units, 1 - (1 - rate) ** rows
    few = sum(math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(min(events, trials + 1)))
    return 1 - few


def evidence(marks):
    """Each unit: how often it has its recurring value, and how far the others lie from it."""
    figure, axes = plt.subplots(figsize=(7, 3.6), layout='constrained')
    for (model, points), color in zip(marks.items(), COLORS):
        points = [point for point in points if point['share'] > 0]
        axes.scatter([point['distance'] for point in points], [point['share'] for point in points], s=14, color=color, label=model, alpha=0.7, linewidths=0)
    axes.axvline(6, color='#888', lw=1, ls='--')
    axes.text(6.4, 1.02, 'six deviations', color='#555', va='bottom')
    axes.set_xscale('log')
    axes.set_xticks([1, 10, 100, 1000], ['1', '10', '100', 'they do not move'])
    axes.set(xlim=(0.8, 2000), ylim=(-0.02, 1.02), xlabel='distance of the other values, in their deviations', ylabel='share of the recurring value')
    axes.legend(frameon=False, loc='center left', bbox_to_anchor=(1, 0.5))
    return figure


def save(figure, name):
    figure.savefig(PROJECT / 'docs' / name, metadata={'Date': None})


if __name__ == '__main__':
    main()
