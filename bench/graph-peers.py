"""Weighted reach, components and dominators in igraph, scipy and networkx, as far as they are installed.

Started by graph.ts: graph-peers.py FOLDER NODES OBJECTS_UP_TO. Reads raw arrays, prints CPU seconds as JSON."""
import array
import importlib
import json
import sys
import time

folder, nodes, objects_up_to = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def read(name, code):
    values = array.array(code)
    with open(f"{folder}/{name}", "rb") as file:
        values.frombytes(file.read())
    return values


def cpu(work):
    before = time.process_time()
    value = work()
    return time.process_time() - before, value


tails, heads, weight, roots = read("from", "I"), read("to", "I"), read("weight", "d"), read("roots", "I")


def run_igraph(igraph):
    build, graph = cpu(lambda: igraph.Graph(n=nodes, edges=list(zip(tails, heads)), directed=True))
    reach, _ = cpu(lambda: [sum(weight[u] for u in graph.subcomponent(r, mode="out")) for r in roots])
    components, _ = cpu(lambda: graph.connected_components(mode="strong").membership)

    def dominate():
        graph.add_vertices(1)
        graph.add_edges([(nodes, r) for r in roots])
        return graph.dominator(nodes, mode="out")

    return {"build": build, "reach": reach / len(roots), "components": components, "dominators": cpu(dominate)[0]}


def run_scipy(scipy):
    import numpy
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    ones = numpy.ones(len(tails), dtype=numpy.int8)
    shape = (nodes, nodes)
    weights = numpy.array(weight)
    build, graph = cpu(lambda: coo_matrix((ones, (numpy.array(tails), numpy.array(heads))), shape=shape).tocsr())
    reach, _ = cpu(lambda: [weights[breadth_first_order(graph, r, return_predecessors=False)].sum() for r in roots])
    components, _ = cpu(lambda: connected_components(graph, directed=True, connection="strong"))
    return {"build": build, "reach": reach / len(roots), "components": components}


def run_networkx(networkx):
    if len(tails) > objects_up_to:
        return {"note": "too large for objects; run with --small"}
    graph = networkx.DiGraph()

    def build():
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from(zip(tails, heads))

    built, _ = cpu(build)
    reach, _ = cpu(lambda: [sum(weight[u] for u in networkx.descendants(graph, r)) for r in roots])
    components, _ = cpu(lambda: list(networkx.strongly_connected_components(graph)))
    return {"build": built, "reach": reach / len(roots), "components": components}


results = []
for name, run in (("igraph", run_igraph), ("scipy", run_scipy), ("networkx", run_networkx)):
    try:
        library = importlib.import_module(name)
    except ImportError:
        results.append({"name": name, "note": f"not installed (python3-{name})"})
        continue
    results.append({"name": f"{name} {library.__version__}", **run(library)})
print(json.dumps(results))
