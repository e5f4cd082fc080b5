/** Servers that are known to run Mastodon: elsewhere `/@name` may be a page of anything. */

const HOSTS = new Set(
  `mastodon.social mastodon.online mastodon.world mastodon.cloud mastodon.green mastodon.art mastodon.scot mastodon.ie
  mastodon.nu mastodon.nz mastodon.au mastodon.uno mastodon.com.br mastodon.org.uk mastodon.me.uk mastodon.sdf.org
  mastodon.xyz mastodon.gamedev.place mastodon.ml mastodon.zaclys.com mastodon.acm.org mastodon.radio mastodon.bsd.cafe
  mastodon.hams.social mastodon.mit.edu mastodon.opencloud.lu mastodon.top mastodon.tetaneutral.net mastodon.catgirl.cloud
  mastodonapp.uk mastodontti.fi mstdn.social mstdn.jp mstdn.party mstdn.ca mstdn.io mstdn.plus mstdn.science mstdn.games
  mstdn.business mstdn.dk mas.to masto.ai masto.nu masto.pt masto.es masto.host toot.community toot.io toot.cat toot.wales
  toot.bike toot.cafe toot.si tooot.im c.im fosstodon.org hachyderm.io techhub.social infosec.exchange ioc.exchange
  defcon.social chaos.social phpc.social ruby.social pythonista.social functional.cafe types.pl discuss.systems
  front-end.social indieweb.social tech.lgbt hackers.town cyberplace.social sfba.social urbanists.social sciences.social
  mathstodon.xyz fediscience.org scholar.social astrodon.social ecoevo.social genomic.social qoto.org sigmoid.social
  data-folks.masto.host vis.social hci.social social.kernel.org social.gnome.org floss.social framapiaf.org linuxrocks.online
  social.linux.pizza social.tchncs.de social.vivaldi.net social.lol social.coop social.bund.de social.network.europa.eu
  social.overheid.nl social.anoxinon.de social.dev-wiki.de social.treehouse.systems social.sdf.org social.wildeboer.net
  vivaldi.net wandering.shop octodon.social metalhead.club noc.social snabelen.no kolektiva.social union.place
  aus.social theblower.au cloudisland.nz nrw.social ruhr.social norden.social troet.cafe bonn.social dresden.network
  freiburg.social muenchen.social muenster.im berlin.social hessen.social sueden.social det.social dju.social
  digitalcourage.social bildung.social openbiblio.social rollenspiel.social legal.social eupolicy.social eldritch.cafe
  piaille.fr mamot.fr pouet.chapril.org diaspodon.fr tkz.one mastodonte.tech masto.bike sociale.network poliversity.it
  mastodon.bida.im livellosegreto.it mastodon.eus mastodont.cat pol.social 101010.pl mastodon.pnpde.social
  fedibird.com pawoo.net mstdn.guru best-friends.chat vocalodon.net o3o.ca fedi.at wien.rocks graz.social
  tooting.ch swiss.social gensokyo.social alive.bar m.cmx.im sns.cx twiukraine.com social.edu.nl
  journa.host newsie.social flipboard.social me.dm federate.social home.social universeodon.com mindly.social
  lor.sh writing.exchange zirk.us historians.social hcommons.social dair-community.social climatejustice.social
  photog.social sunny.garden beige.party glasgow.social mastodon.london ohai.social dice.camp tabletop.social
  gamedev.lgbt peoplemaking.games merveilles.town hackaday.social fedi.simonwillison.net oc.todon.fr todon.eu todon.nl
  kind.social disabled.social blacktwitter.io vmst.io oslo.town expressional.social convo.casa stranger.social
  layer8.space nerdculture.de botsin.space dotnet.social`.split(/\s+/),
);

/** Whether a host is a known server, whose accounts have its name. */
export function isMastodonHost(host: string): boolean {
  return HOSTS.has(host);
}
