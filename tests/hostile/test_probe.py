import logging, time
from collections import Counter, defaultdict
import pytest
from sp2k.base import clock
from sp2k.accounts.policy import is_hidden, why_not
from tests.hostile.addresses import every_address, Wanted
from tests.hostile.things import asked_of, roles_alone
from tests.hostile.cast import cast
from tests.hostile.knocking import client_of, knock
from tests.story.small import *
logging.disable(logging.CRITICAL)

@pytest.mark.parametrize("until", [(FORMS_OPEN,"isian"), (NOMINATIONS_OPEN,"seleksi"), (SHEETS_IN,"presentasi"), (VISIT_FROZEN,"lapang")], ids=str)
def test_probe(db, monkeypatch, until):
    until,code=until
    story=play_small(until=until)
    monkeypatch.setattr(clock,"now",lambda: until)
    people=cast(story); t=time.time()
    addresses=list(every_address(Wanted(2,(),(code,))))
    print(len(addresses), time.time()-t)
    g=defaultdict(list); n=0; skip=set()
    for who,user in people.items():
        c=client_of(user)
        for a in addresses:
          asked=asked_of(a,user)
          if asked:
            try:
                h=is_hidden(user,*asked,now=until); w=why_not(user,*asked,now=until)
                verdict="hidden" if h else ("refused" if w else "ok")
            except AttributeError as e:
                print("ATTR",a,asked,e); verdict="roles-ok"
          else:
            verdict="none" if a.thing is None else ("roles-ok" if roles_alone(a,user) else "roles-no")
          for kind,data in (("get",None),("post",{})):
            if (kind,a.name) in skip: continue
            r=knock(c,a.path,data); n+=1
            if r.status==405: skip.add((kind,a.name)); continue
            exp={"hidden":{404,405},"refused":{403,423,405},"ok":{200,302,405,422},"none":{404,405,403},"roles-ok":{200,302,405,422},"roles-no":{404,405}}[verdict]
            if kind=="get": exp=exp-{422}
            odd = r.status not in exp or r.status>=500 or (r.writes and (kind=="get" or verdict not in("ok","roles-ok")))
            if not r.writes and kind=="post" and r.status in(302,403,404,405,422): odd=False
            if kind=="get" and verdict=="none" and r.status==403: odd=False
            if odd: g[(kind,a.name,verdict,r.status,bool(r.writes))].append((who,a.path,r.writes[:1]))
    print(n,time.time()-t)
    with open(f"/work/wt/lawan-probe-{until:%m%d%H}.log","w") as f:
        for k,v in sorted(g.items(),key=str): print(k,len(v),sorted({x[0] for x in v}),v[0][1],v[0][2],file=f)
