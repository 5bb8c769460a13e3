"""Containers: indexing, renumbering, printing, conversion to parameters."""

import pytest

import ft_nn as nn
from ft_core import Parameter
from ft_dispatch import surface as torch


def names(module):
    return list(module._modules)


def test_sequential_edits_renumber():
    a, b, c = nn.ReLU(), nn.Tanh(), nn.Sigmoid()
    seq = nn.Sequential(a, b)
    assert seq.append(c) is seq
    assert len(seq) == 3
    assert seq[-1] is c
    assert list(seq[1:]) == [b, c]
    del seq[0]
    assert names(seq) == ["0", "1"]
    assert list(seq) == [b, c]
    seq.insert(1, a)
    assert list(seq) == [b, a, c]
    assert seq.pop(0) is b
    assert names(seq) == ["0", "1"]
    assert list(seq + nn.Sequential(b)) == [a, c, b]
    assert list(seq * 2) == [a, c, a, c]
    assert list(2 * seq) == [a, c, a, c]
    seq += nn.Sequential(b)
    seq *= 2
    assert list(seq) == [a, c, b, a, c, b]


def test_sequential_refuses():
    seq = nn.Sequential(nn.ReLU())
    with pytest.raises(IndexError, match="index 3 is out of range"):
        seq[3]
    with pytest.raises(ValueError, match="add operator supports only objects of Sequential class"):
        seq + [nn.ReLU()]
    with pytest.raises(ValueError, match="Non-positive multiplication factor 0"):
        seq * 0
    with pytest.raises(TypeError, match="unsupported operand"):
        seq * 1.5


def test_module_list_prints_runs_once():
    layers = nn.ModuleList([nn.Linear(1, 1) for _ in range(3)] + [nn.ReLU()])
    assert repr(layers) == ("ModuleList(\n  (0-2): 3 x Linear(in_features=1, out_features=1, bias=True)\n  (3): ReLU()\n)")
    layers.insert(1, nn.Tanh())
    assert [type(m).__name__ for m in layers] == ["Linear", "Tanh", "Linear", "Linear", "ReLU"]
    del layers[1:3]
    assert names(layers) == ["0", "1", "2"]
    with pytest.raises(TypeError, match=r"ModuleList.extend should be called with an iterable"):
        layers.extend(3)


def test_module_dict_is_a_dictionary():
    d = nn.ModuleDict({"b": nn.ReLU(), "a": nn.Tanh()})
    assert list(d) == ["b", "a"]
    assert "a" in d
    assert len(d) == 2
    d.update([("c", nn.Sigmoid())])
    assert isinstance(d.pop("c"), nn.Sigmoid)
    assert list(d.keys()) == ["b", "a"]
    with pytest.raises(ValueError, match="element #0 has length 1; 2 is required"):
        d.update([("c",)])
    with pytest.raises(TypeError, match=r"ModuleDict.update should be called with an iterable"):
        d.update(3)


def test_parameter_list_converts_tensors_and_keeps_the_rest():
    plist = nn.ParameterList([torch.ones(2), Parameter(torch.zeros(1))])
    plist.append("text")
    assert isinstance(plist[0], Parameter)
    assert plist[2] == "text"
    assert len(plist) == 3
    assert len(list(plist.parameters())) == 2
    assert repr(plist) == (
        "ParameterList(\n    (0): Parameter containing: [torch.float32 of size 2]\n"
        "    (1): Parameter containing: [torch.float32 of size 1]\n    (2): Object of type: str\n)"
    )
    assert len(plist[1:]) == 2
    with pytest.raises(RuntimeError, match="should not be called"):
        plist()


def test_parameter_dict_is_a_dictionary():
    pdict = nn.ParameterDict({"b": torch.ones(1), "a": torch.ones(2)})
    assert list(pdict) == ["a", "b"]  # plain dictionaries are sorted, as in torch
    assert isinstance(pdict["a"], Parameter)
    assert pdict.setdefault("a") is pdict["a"]
    assert list((pdict | nn.ParameterDict({"c": torch.ones(1)})).keys()) == ["a", "b", "c"]
    assert pdict.popitem()[0] == "b"
    assert list(pdict) == ["a"]
    assert pdict.get("zz", 5) == 5
    with pytest.raises(KeyError):
        pdict["zz"]
    with pytest.raises(TypeError, match="not a string"):
        pdict[3] = torch.ones(1)
