"""The command line: `python -m review serve`, `python -m review trace ID`."""

from pathlib import Path

import click
import duckdb

from publish.published import read_published
from review.chain import Chain, chain_lines, follow
from review.command import HELP, WAREHOUSE, port_option, run_command, say_where
from review.cutting import find_file, write_cut_out
from review.errors import ReviewError
from review.excerpt import Marked, excerpt
from review.server import PORT, find_port, open_server, review_directory
from review.visible import one_line


@click.group(context_settings=HELP)
def main() -> None:
    """Look at what a warehouse says beside what its documents print."""


@main.command()
@WAREHOUSE
@port_option(PORT)
def serve(warehouse: Path, port: int | None) -> None:
    """Serve the review pages to this computer until Ctrl-C."""
    directory = review_directory(warehouse.resolve())
    with open_server(directory, find_port(port, PORT)) as server:
        say_where("review pages", int(server.server_address[1]), port, PORT)
        click.echo(f"or open {directory / 'index.html'}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


@main.command()
@click.argument("wanted", metavar="ID")
@WAREHOUSE
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    default=Path("corpus"),
    show_default=True,
    help="Directory with the documents that the warehouse was built from.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    default=None,
    help="File for the cut-out; by default beside the warehouse, in .gongkai.",
)
def trace(wanted: str, warehouse: Path, documents: Path, picture: Path | None) -> None:
    """Follow a cell, a line or a fact (its ID) from the marts to the printed page."""
    if not wanted.strip():
        raise ReviewError("which figure? Give the id of a cell, a line or a fact: make trace ID=…")
    warehouse = warehouse.resolve()
    if read_published(warehouse) is None:
        raise ReviewError(f"{warehouse} does not exist; build it: make build")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        chain = follow(connection, wanted.strip())
    for line in chain_lines(chain):
        click.echo(line)
    if chain.spot.page_number is None:
        _say_lines(chain)
        return
    file = find_file(chain, documents.resolve())
    target = picture or _default_picture(warehouse, chain)
    write_cut_out(chain, file, target)
    click.echo(f"      cut out: {target}")


def _say_lines(chain: Chain) -> None:
    marked = [Marked(chain.spot.place_id, "left")]
    for line in excerpt(chain.lines, marked):
        cells = ("".join(_marked(piece.text, piece.side) for piece in cell) for cell in line.cells)
        click.echo(f"  {line.number or '':>5} {' | '.join(cells) if line.number else '…'}")


def _marked(text: str, side: str) -> str:
    return f">>{one_line(text)}<<" if side else one_line(text)


def _default_picture(warehouse: Path, chain: Chain) -> Path:
    name = "".join(sign if sign.isalnum() else "-" for sign in chain.spot.place_id)
    return warehouse.parent / ".gongkai" / warehouse.name / "trace" / f"{name}.png"


def run() -> int:
    """Run the command; what goes wrong is one line."""
    return run_command(main)
